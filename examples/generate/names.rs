//! Invented names: people, shops, roads and branches from small tables of syllables.

use crate::rng::Rng;

const SURNAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "闫", "佟", "亓", "逄",
];
// 喆 堃 昇 淼 赟 are rare but within GBK.
const GIVEN: [&str; 27] = [
    "建", "国", "秀", "英", "志", "强", "玉", "兰", "海", "燕", "永", "红", "春", "梅", "立", "新", "桂", "芳", "文",
    "华", "德", "平", "喆", "堃", "昇", "淼", "赟",
];
/// Outside GBK: GB18030 needs four bytes for it.
const RAREST: &str = "䶮";
const SHOP_WORDS: [&str; 20] = [
    "顺达", "福满", "喜临", "万家", "云龙", "昇隆", "堃源", "喆记", "惠民", "鑫旺", "百佳", "宏发", "利群", "天天",
    "好邻", "金桥", "瑞丰", "兴盛", "永和", "吉祥",
];
const SHOP_KINDS: [&str; 8] = ["超市", "烟酒店", "便利店", "商行", "副食店", "百货店", "烟酒行", "小卖部"];
const ROADS: [&str; 16] = [
    "云屏路",
    "栖麓街",
    "望楚巷",
    "砚池路",
    "听泉路",
    "彭梧街",
    "拾柴巷",
    "青檀路",
    "沐风街",
    "双槐路",
    "柳堰路",
    "稻香巷",
    "石磨街",
    "雁来路",
    "半塘路",
    "南渠街",
];
const BRANCHES: [&str; 12] =
    ["东郊", "西关", "南湖", "北岭", "河湾", "新桥", "柳泉", "棠张", "石桥", "双沟", "大屯", "古楼"];

pub fn person(rng: &mut Rng) -> String {
    let mut name = rng.pick(&SURNAMES).to_owned();
    let first = rng.pick(&GIVEN);
    name.push_str(first);
    let second = if rng.chance(12) { RAREST } else { rng.pick(&GIVEN) };
    if rng.chance(750) && second != first {
        name.push_str(second);
    }
    name
}

/// Some shops are called after their owner.
pub fn shop(rng: &mut Rng, owner: &str) -> String {
    let kind = rng.pick(&SHOP_KINDS);
    if rng.chance(250) {
        return format!("{owner}{kind}");
    }
    let surname = owner.chars().next().unwrap_or('王');
    match rng.below(3) {
        0 => format!("{}{kind}", rng.pick(&SHOP_WORDS)),
        1 => format!("老{surname}{}{kind}", rng.pick(&SHOP_WORDS)),
        _ => {
            let road = rng.pick(&ROADS).trim_end_matches(['路', '街', '巷']);
            format!("{road}{}{kind}", rng.pick(&SHOP_WORDS))
        }
    }
}

/// Now and then with a comma, which a CSV file has to quote.
pub fn address(rng: &mut Rng) -> String {
    let road = rng.pick(&ROADS);
    let number = rng.range(1, 288);
    match rng.below(6) {
        0 => format!("{road}{number}号,近{}口", rng.pick(&ROADS)),
        1 => format!("{road}{number}号{}室", rng.range(101, 118)),
        _ => format!("{road}{number}号"),
    }
}

pub fn branch(index: u32) -> String {
    let name = BRANCHES[index as usize % BRANCHES.len()];
    match index as usize / BRANCHES.len() {
        0 => format!("{name}营销部"),
        round => format!("{name}第{}营销部", round + 1),
    }
}
