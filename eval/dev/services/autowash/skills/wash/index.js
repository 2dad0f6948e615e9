const skill = my.modelContext.createSkill('skills/wash');
skill.registerAPI('nearbyShops', require('./apis/nearbyShops').nearbyShops);
skill.registerAPI('shopMenu', require('./apis/shopMenu').shopMenu);
skill.registerAPI('bookWash', require('./apis/bookWash').bookWash);
skill.registerAPI('payBook', require('./apis/payBook').payBook);
skill.registerAPI('cancelBook', require('./apis/cancelBook').cancelBook);
