import { findRestaurants } from './apis/findRestaurants';
import { bookTable } from './apis/bookTable';
import { takeNumber } from './apis/takeNumber';
import { cancelTable } from './apis/cancelTable';

const skill = my.modelContext.createSkill('skills/table');
skill.registerAPI('findRestaurants', findRestaurants);
skill.registerAPI('bookTable', bookTable);
skill.registerAPI('takeNumber', takeNumber);
skill.registerAPI('cancelTable', cancelTable);
