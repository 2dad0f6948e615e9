import { listPackages } from './apis/listPackages';
import { querySlots } from './apis/querySlots';
import { createPhotoOrder } from './apis/createPhotoOrder';
import { reschedule } from './apis/reschedule';
import { cancelPhotoOrder } from './apis/cancelPhotoOrder';

const skill = my.modelContext.createSkill('ai/studio');
skill.registerAPI('listPackages', listPackages);
skill.registerAPI('querySlots', querySlots);
skill.registerAPI('createPhotoOrder', createPhotoOrder);
skill.registerAPI('reschedule', reschedule);
skill.registerAPI('cancelPhotoOrder', cancelPhotoOrder);
