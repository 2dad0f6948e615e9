// isbn | title | author | binding | language | price | stock | subjects
const ROWS = `
9787536692930|三体|刘慈欣|paperback|zh|23|40|科幻 science fiction
9787536693968|三体Ⅱ：黑暗森林|刘慈欣|paperback|zh|32|30|科幻 science fiction
9787229030933|三体Ⅲ：死神永生|刘慈欣|paperback|zh|38|28|科幻 science fiction
9787536693001|三体（典藏版）|刘慈欣|hardcover|zh|98|6|科幻 science fiction
9780765382030|The Three-Body Problem|Liu Cixin|paperback|en|89|9|科幻 science fiction
9787506365437|活着|余华|paperback|zh|28|50|小说 fiction
9787506365680|许三观卖血记|余华|paperback|zh|30|22|小说 fiction
9787530221532|文城|余华|hardcover|zh|59|15|小说 fiction
9781400031863|To Live|Yu Hua|paperback|en|95|0|小说 fiction
9787020002207|红楼梦|曹雪芹|paperback|zh|59.7|18|古典 classics
9787020125432|西游记|吴承恩|paperback|zh|47.2|12|古典 classics
9787020008728|三国演义|罗贯中|paperback|zh|39.5|14|古典 classics
9787108009821|我们仨|杨绛|paperback|zh|23|33|散文 essays
9787020024759|围城|钱锺书|paperback|zh|39|26|小说 fiction
9787544270878|解忧杂货店|东野圭吾|paperback|zh|39.5|20|推理 mystery
9787544291163|白夜行|东野圭吾|hardcover|zh|59.6|17|推理 mystery
9787544253994|百年孤独|加西亚·马尔克斯|paperback|zh|39.5|19|小说 fiction
9787532781461|小王子|圣埃克苏佩里|hardcover|zh|42|45|童书 children
9780156012195|The Little Prince|Antoine de Saint-Exupéry|paperback|en|68|16|童书 children
9787544242578|夏洛的网|E.B. 怀特|paperback|zh|28|21|童书 children
9780064400558|Charlotte's Web|E. B. White|paperback|en|62|11|童书 children
9780441478125|The Left Hand of Darkness|Ursula K. Le Guin|paperback|en|92|5|科幻 science fiction
9780441013593|Dune|Frank Herbert|paperback|en|88|13|科幻 science fiction
9780399128967|Dune|Frank Herbert|hardcover|en|210|2|科幻 science fiction
9787539983295|沙丘|弗兰克·赫伯特|paperback|zh|65|8|科幻 science fiction
9780451524935|Nineteen Eighty-Four|George Orwell|paperback|en|58|24|小说 fiction
9787020084326|一九八四|乔治·奥威尔|paperback|zh|32|24|小说 fiction
9780141439518|Pride and Prejudice|Jane Austen|paperback|en|55|10|古典 classics
9780486284958|Walden|Henry David Thoreau|paperback|en|45|7|散文 essays
9787508647357|人类简史|尤瓦尔·赫拉利|hardcover|zh|68|25|历史 history
9780062316110|Sapiens|Yuval Noah Harari|paperback|en|128|9|历史 history
9787101003048|史记|司马迁|hardcover|zh|125|6|历史 history
9787108014382|万历十五年|黄仁宇|paperback|zh|26|18|历史 history
9787111407010|算法导论|Thomas H. Cormen|hardcover|zh|128|7|计算机 computing
9787115428028|Python编程：从入门到实践|埃里克·马瑟斯|paperback|zh|89|14|计算机 computing
9780134190440|The Go Programming Language|Alan Donovan|paperback|en|268|3|计算机 computing
9787544382083|猜猜我有多爱你|山姆·麦克布雷尼|hardcover|zh|35.8|32|童书 绘本 children
9787533256739|好饿的毛毛虫|艾瑞·卡尔|hardcover|zh|32.8|0|童书 绘本 children
`
export const SHELF = ROWS.trim().split('\n').map((row) => {
  const [isbn, title, author, binding, language, price, stock, subjects] = row.split('|')
  return { isbn, title, author, binding, language, price: Number(price), inStock: Number(stock), subjects }
})
export const find = (isbn) => SHELF.find((b) => b.isbn === isbn)
