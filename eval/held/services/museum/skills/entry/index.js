import { listMuseums } from './apis/listMuseums';
import { listSlots } from './apis/listSlots';
import { bookTickets } from './apis/bookTickets';
import { cancelTickets } from './apis/cancelTickets';

const skill = my.modelContext.createSkill('skills/entry');
skill.registerAPI('listMuseums', listMuseums);
skill.registerAPI('listSlots', listSlots);
skill.registerAPI('bookTickets', bookTickets);
skill.registerAPI('cancelTickets', cancelTickets);
