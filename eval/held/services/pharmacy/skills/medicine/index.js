import { searchMedicine, createMedOrder, cancelMedOrder } from './apis/medicine';
const skill = my.modelContext.createSkill('skills/medicine');
skill.registerAPI('searchMedicine', searchMedicine);
skill.registerAPI('createMedOrder', createMedOrder);
skill.registerAPI('cancelMedOrder', cancelMedOrder);
