//! Whole syllables by which headers of databases write the words of this field: `YINGXIAOBU`, `LIAN_XI_REN`.

use super::terms::TERMS;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Syllables, each with the characters of the words that are read so.
const SYLLABLES: &str = "ai 爱 | an 安暗案 | bai 拜败 | ban 办板版班 | bang 帮 | bao 包报 | bei 北备被 | ben 本 | bi 必笔闭 | bian 匾变编 | biao 标表 | bie 别 | \
     bo 拨薄 | bu 不步补部布 | cai 采 | cao 操草 | ce 册策测 | ceng 层 | cha 差查 | chai 差 | chang 场常长 | chao 抄 | che 撤 | chen 晨 | \
     cheng 成承称程 | chi 持 | chong 充 | chou 抽 | chu 出处础触除 | chuan 传 | chuang 创 | ci 次 | cu 促 | cun 存 | da 大打答达 | dai \
     代待 | dan 单 | dang 当档 | dao 到导道 | de 得的 | deng 登等 | di 地抵第 | dian 店点电 | diao 调 | ding 定订 | dong 东动冻 | dou 逗 | \
     du 度督 | duan 断段端短 | dui 对队 | e 额 | er 二 | fa 发法 | fan 反 | fang 方访 | fei 费非废 | fen 份分 | feng 封 | fou 否 | fu \
     付复扶服覆负附 | gai 改 | gan 干感 | gang 岗 | gao 告 | ge 格 | gen 跟 | geng 更 | gong 供公功工 | gou 构沟 | gu 固雇故顾 | gua 挂 | \
     guan 关管贯 | gui 归柜规 | guo 果过 | hang 行 | hao 号耗 | he 合核何 | hei 黑 | hou 后 | hu 互呼户护 | hua 划话 | huai 怀 | huan 缓 | \
     hui 回汇会 | huo 活货 | ji 即基己急机稽籍级纪计记际集几激 | jia 驾价假家加 | jian 件建检简键间见监 | jiao 交叫校 | jie 接结介解阶截 | jin 禁紧近进金 | jing \
     径竞经 | ju 举具局据距 | juan 卷 | jue 决 | ka 卡 | kai 开 | kao 考 | ke 刻可客科 | kou 口 | ku 库 | kuan 款 | kuang 况 | kui 馈 | \
     kun 困 | lai 来 | lao 老 | lei 类 | li 历理离立里隶 | lian 联连 | liang 量 | liao 聊 | lin 临 | ling 铃零领龄另 | liu 流留 | lou 漏 | \
     lu 录率路 | lun 论 | luo 络落 | lv 率 | ma 码 | mai 买卖 | man 满 | me 么 | mei 没 | men 门 | mian 面 | miao 描秒 | min 民 | \
     ming 名明 | mo 末 | mu 目 | na 哪纳 | nan 难 | nei 内 | ni 你拟 | nian 年 | nin 您 | nuo 挪 | pai 拍排牌派 | pao 跑 | pei 配陪 | \
     pi 批 | pian 偏片 | pin 品频聘贫 | ping 平评 | pu 铺 | qi 企启器期气起 | qian 前签 | qiang 强 | qin 勤 | qing 情请清 | qiu 求 | qu \
     区去渠取 | quan 全 | que 确 | qun 群 | ren 人任认 | ri 日 | rong 容 | ru 入 | ruan 软 | ruo 弱 | shang 上商 | she 社设 | shen \
     审申身什 | sheng 生 | shi 驶事势失始实室市式时是示识使 | shou 受售手收首 | shu 属数束述输殊 | shui 水税 | shun 顺 | shuo 说 | si 司 | song 送 | su \
     诉 | suan 算 | suo 所 | tai 台态 | tan 探 | te 特 | ti 体提题 | tian 填天 | tiao 调跳条 | ting 停听 | tong 同统通 | tou 头投 | tu 图途 \
     | tuan 团 | tui 退 | tuo 拓 | wai 外 | wan 完 | wang 往网忘 | wei 位未纬维违为 | wen 文温问 | wo 我 | wu 务午无物误 | xi 席息系细 | xia 下 \
     | xian 县现线先限 | xiang 像向响相箱象项想 | xiao 小效销 | xie 写协歇 | xin 信心新 | xing 型姓形性星行 | xiu 休修 | xu 序续许须 | xuan 选 | xue 学 \
     | xun 巡讯 | yan 延烟验 | yang 样 | yao 药要 | ye 业 | yi 一异意移已 | yin 因银 | ying 应影映营硬 | yong 用 | you 有由邮 | yu 余域预 | \
     yuan 原员源缘 | yue 月约阅 | yun 运 | zai 在载 | zan 暂 | ze 择责 | zeng 增 | zhai 宅摘 | zhan 展站 | zhang 帐张账长掌 | zhao 招照 | \
     zhe 者 | zhen 振真 | zheng 整证 | zhi 制址志执支止织置职质致旨直 | zhong 中种终重钟 | zhou 周骤 | zhu 主住注助 | zhuan 专转 | zhuang 状 | zhun \
     准 | zi 子字自 | zong 总 | zou 走 | zu 族组阻 | zui 最 | zuo 作坐座";

/// How each character is read; a few are read in two ways.
static READINGS: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut readings: HashMap<char, Vec<&'static str>> = HashMap::new();
    for (syllable, characters) in SYLLABLES.split('|').filter_map(|line| line.trim().split_once(' ')) {
        characters.chars().for_each(|character| readings.entry(character).or_default().push(syllable));
    }
    readings
});

/// The words of two characters and more by their letters; those of other concepts that sound alike are left out.
static SPELLED: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut spelled: HashMap<String, (&str, &str)> = HashMap::new();
    let mut unclear: HashSet<String> = HashSet::new();
    for (names, term) in
        TERMS.iter().flat_map(|(names, terms)| terms.split_whitespace().map(move |term| (*names, term)))
    {
        for letters in spellings(term) {
            let known = spelled.entry(letters.clone()).or_insert((names, term));
            if known.0 != names {
                unclear.insert(letters);
            }
        }
    }
    spelled.retain(|letters, _| !unclear.contains(letters));
    spelled.into_iter().map(|(letters, (_, term))| (letters, term)).collect()
});

/// The ways in which a word is spelled in letters.
fn spellings(term: &str) -> Vec<String> {
    if term.chars().nth(1).is_none() {
        return vec![];
    }
    term.chars().fold(vec![String::new()], |begun, character| {
        let readings = READINGS.get(&character).map_or(&[][..], Vec::as_slice);
        begun.iter().flat_map(|text| readings.iter().map(move |syllable| format!("{text}{syllable}"))).collect()
    })
}

/// The Chinese word that is spelled so.
pub(super) fn word(letters: &str) -> Option<&'static str> {
    SPELLED.get(letters).copied()
}

/// Whether letters are one syllable.
pub(super) fn is_syllable(letters: &str) -> bool {
    READINGS.values().flatten().any(|syllable| *syllable == letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_spelled() {
        for term in TERMS.iter().flat_map(|(_, terms)| terms.split_whitespace()) {
            let is_chinese = term.chars().all(|c| !c.is_ascii() && c.is_alphabetic()) && term.chars().nth(1).is_some();
            assert!(!is_chinese || !spellings(term).is_empty(), "{term}: a syllable is not listed");
        }
    }

    #[test]
    fn words_are_found_by_their_letters() {
        for (letters, term) in
            [("yingxiaobu", Some("营销部")), ("lianxiren", Some("联系人")), ("zhouqi", Some("周期")), ("outlet", None)]
        {
            assert_eq!(word(letters), term, "{letters}");
        }
    }
}
