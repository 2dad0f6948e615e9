import { searchDrinks } from './apis/searchDrinks';
import { listShops } from './apis/listShops';
import { calcPrice } from './apis/calcPrice';
import { submitOrder } from './apis/submitOrder';
import { cancelOrder } from './apis/cancelOrder';

const skill = my.modelContext.createSkill('skills/bubble-tea');
skill.registerAPI('searchDrinks', searchDrinks);
skill.registerAPI('listShops', listShops);
skill.registerAPI('calcPrice', calcPrice);
skill.registerAPI('submitOrder', submitOrder);
skill.registerAPI('cancelOrder', cancelOrder);
