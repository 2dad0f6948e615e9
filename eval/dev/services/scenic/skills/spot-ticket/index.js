import { searchSpots } from './apis/searchSpots';
import { getTicketTypes } from './apis/getTicketTypes';
import { bookTickets } from './apis/bookTickets';
import { refundTickets } from './apis/refundTickets';
import { myTickets } from './apis/myTickets';

const skill = my.modelContext.createSkill('skills/spot-ticket');

skill.registerAPI('searchSpots', searchSpots);
skill.registerAPI('getTicketTypes', getTicketTypes);
skill.registerAPI('bookTickets', bookTickets);
skill.registerAPI('refundTickets', refundTickets);
skill.registerAPI('myTickets', myTickets);
