import { estimateFee } from './apis/estimateFee';
import { createPickup } from './apis/createPickup';
import { trackWaybill } from './apis/trackWaybill';
import { cancelPickup } from './apis/cancelPickup';

const skill = my.modelContext.createSkill('skills/express');
skill.registerAPI('estimateFee', estimateFee);
skill.registerAPI('createPickup', createPickup);
skill.registerAPI('trackWaybill', trackWaybill);
skill.registerAPI('cancelPickup', cancelPickup);
