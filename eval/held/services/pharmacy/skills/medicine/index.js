import { searchMedicine } from './apis/searchMedicine';
import { createMedOrder } from './apis/createMedOrder';
import { cancelMedOrder } from './apis/cancelMedOrder';

const skill = my.modelContext.createSkill('skills/medicine');
skill.registerAPI('searchMedicine', searchMedicine);
skill.registerAPI('createMedOrder', createMedOrder);
skill.registerAPI('cancelMedOrder', cancelMedOrder);
