package scale

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// What brands, districts and cities are made of. Han brands are two characters of firsts and seconds.
var (
	firsts  = []rune("云山海星月晨朝青明安和顺永泰福瑞金玉兰竹松梅枫林溪江湖南北东西天光新华文景春秋嘉宏鼎盛聚乐悦宜佳百千")
	seconds = []rune("溪岸庭舍里堂记坊轩园屋集居斋道行汇诚达通源丰盈润泽和平安康宁然间边色味香语声影光羽帆舟桥路")
	adverbs = strings.Fields("Amber Blue Bright Cedar Clear Copper Coral Crystal Eagle East Ever First Fox Golden Grand Green Harbour High Ivory Jade Kind Lake Light Little Lotus Lucky Maple Mint Moon New North Oak Old Olive Open Orchid Pearl Pine Quick Quiet Rapid Red River Robin Royal Silver Sky Small South Spring Star Stone Sun Swift Tall True Urban Velvet Warm West White Wild Willow Wind")
	nouns   = strings.Fields("Anchor Arch Bay Beacon Bear Bell Bird Branch Bridge Brook Cloud Corner Court Cove Crane Creek Crown Dawn Door Dove Drum Field Finch Fir Flag Gate Glen Grove Hall Hare Hill House Island Key Kite Lane Leaf Lamp Meadow Mill Nest Orchard Path Peak Plum Pond Post Quay Ridge Road Rock Sail Seal Shore Swan Tower Trail Vale Wagon Wave Wharf Yard")
	places  = []place{
		{"北京", "Beijing", []string{"朝阳", "海淀", "东城", "西城", "通州"}}, {"上海", "Shanghai", []string{"徐汇", "静安", "浦东", "长宁", "虹口"}},
		{"广州", "Guangzhou", []string{"天河", "越秀", "海珠", "白云"}}, {"深圳", "Shenzhen", []string{"南山", "福田", "罗湖", "宝安"}},
		{"杭州", "Hangzhou", []string{"西湖", "余杭", "滨江", "拱墅"}}, {"成都", "Chengdu", []string{"锦江", "武侯", "青羊", "高新"}},
		{"武汉", "Wuhan", []string{"江汉", "武昌", "洪山", "汉阳"}}, {"南京", "Nanjing", []string{"鼓楼", "玄武", "秦淮", "建邺"}},
		{"西安", "Xi'an", []string{"雁塔", "碑林", "未央", "莲湖"}}, {"重庆", "Chongqing", []string{"渝中", "江北", "沙坪坝", "南岸"}},
		{"天津", "Tianjin", []string{"和平", "南开", "河西", "滨海"}}, {"苏州", "Suzhou", []string{"姑苏", "吴中", "工业园"}},
		{"青岛", "Qingdao", []string{"市南", "崂山", "黄岛"}}, {"长沙", "Changsha", []string{"岳麓", "芙蓉", "雨花"}},
		{"厦门", "Xiamen", []string{"思明", "湖里", "集美"}}, {"昆明", "Kunming", []string{"五华", "官渡", "盘龙"}},
	}
)

type place struct {
	zh, en    string
	districts []string
}

// naming is how one service is called, and where it is.
type naming struct {
	brandZh, brandEn string
	city             place
	district         string
}

func newNaming(r *rand.Rand) naming {
	c := places[r.IntN(len(places))]
	return naming{brandZh: string([]rune{firsts[r.IntN(len(firsts))], seconds[r.IntN(len(seconds))]}),
		brandEn: adverbs[r.IntN(len(adverbs))] + " " + nouns[r.IntN(len(nouns))], city: c, district: c.districts[r.IntN(len(c.districts))]}
}

// chinese and english are the service's names in the two languages.
func (n naming) chinese(noun string, form int) string {
	switch form % 3 {
	case 0:
		return fmt.Sprintf("%s%s（%s%s店）", n.brandZh, noun, n.city.zh, n.district)
	case 1:
		return n.brandZh + noun
	}
	return n.city.zh + n.brandZh + noun
}

func (n naming) english(noun string, form int) string {
	if form%2 == 0 {
		return n.brandEn + " " + noun
	}
	return fmt.Sprintf("%s %s, %s", n.brandEn, noun, n.city.en)
}
