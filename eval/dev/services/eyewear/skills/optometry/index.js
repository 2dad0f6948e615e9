import { bookVisit } from './apis/bookVisit';
import { storeInfo } from './apis/storeInfo';
import { dropVisit } from './apis/dropVisit';

const skill = my.modelContext.createSkill('skills/optometry');
skill.registerAPI('bookVisit', bookVisit);
skill.registerAPI('storeInfo', storeInfo);
skill.registerAPI('dropVisit', dropVisit);
