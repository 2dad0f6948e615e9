import { searchDrinks, listShops } from './apis/search';
import { calcPrice, submitOrder, cancelOrder } from './apis/orders';

const skill = my.modelContext.createSkill('skills/bubble-tea');
skill.registerAPI('searchDrinks', searchDrinks);
skill.registerAPI('listShops', listShops);
skill.registerAPI('calcPrice', calcPrice);
skill.registerAPI('submitOrder', submitOrder);
skill.registerAPI('cancelOrder', cancelOrder);
