import { queryFee } from './apis/queryFee';
import { payFee } from './apis/payFee';
import { searchLots } from './apis/searchLots';
import { reserveSpace } from './apis/reserveSpace';
import { cancelReserve } from './apis/cancelReserve';

const skill = my.modelContext.createSkill('skills/park');
skill.registerAPI('queryFee', queryFee);
skill.registerAPI('payFee', payFee);
skill.registerAPI('searchLots', searchLots);
skill.registerAPI('reserveSpace', reserveSpace);
skill.registerAPI('cancelReserve', cancelReserve);
