//! Traditional characters as simplified ones.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Traditional characters, each with the simplified one: those that occur in headers and words.
const PAIRS: &str = "紀记 乾干 來来 侷局 係系 個个 們们 備备 傢家 傳传 價价 優优 內内 兩两 冊册 別别 創创 劃划 畫划 動动 務务 勢势 匯汇 區区 協协 厤历 員员 問问 啓启 啟启 喪丧 單单 噹当 嚮向 圖图 埰采 執执 報报 \
     場场 學学 寀采 實实 審审 寫写 專专 對对 導导 層层 屬属 崗岗 嵗岁 師师 帳帐 幫帮 幹干 庫库 廢废 弔吊 張张 彆别 彔录 彙汇 後后 徑径 復复 態态 憶忆 應应 戶户 採采 撥拨 據据 擬拟 數数 \
     時时 暫暂 曆历 曏向 曠旷 書书 會会 東东 枱台 査查 條条 業业 榦干 構构 標标 樣样 機机 檔档 檢检 檯台 歡欢 歲岁 歷历 歸归 氣气 沒没 況况 測测 準准 溝沟 溫温 滙汇 滿满 潛潜 無无 煙烟 \
     熱热 營营 牴抵 狀状 獲获 現现 產产 産产 異异 當当 發发 監监 眞真 睏困 確确 碼码 礎础 稅税 種种 稱称 積积 穫获 競竞 筆笔 箇个 節节 簡简 簽签 籤签 約约 納纳 紙纸 級级 細细 終终 組组 \
     結结 絡络 統统 經经 綫线 維维 網网 線线 緣缘 編编 緯纬 練练 緻致 縣县 總总 織织 繫系 續续 習习 聯联 職职 聽听 脩修 腳脚 臨临 臺台 與与 舉举 舖铺 菸烟 萬万 葯药 蓆席 藥药 處处 虛虚 \
     號号 衕同 裏里 補补 裡里 製制 複复 覈核 規规 視视 親亲 覽览 觸触 訂订 計计 訊讯 訓训 記记 訪访 設设 許许 訴诉 註注 証证 評评 詢询 話话 詳详 誌志 認认 語语 誤误 說说 説说 調调 談谈 \
     請请 論论 諮咨 講讲 證证 識识 議议 護护 變变 負负 貨货 貫贯 責责 買买 費费 資资 賣卖 質质 賬账 贈赠 軟软 輸输 轉转 辦办 辯辩 農农 迴回 逕径 連连 週周 進进 運运 過过 達达 違违 遲迟 裝装 \
     鄉乡 醫医 鈡钟 鈴铃 銀银 銷销 鋪铺 錄录 錯错 録录 錶表 鍵键 鍾钟 鎖锁 鎭镇 鎮镇 鐘钟 長长 門门 閉闭 開开 間间 閤合 閱阅 閲阅 闆板 闇暗 關关 際际 隨随 隸隶 雙双 離离 難难 電电 韆千 \
     響响 頁页 項项 順顺 須须 預预 領领 頭头 頻频 題题 額额 類类 顧顾 颱台 養养 餘余 饋馈 駁驳 驗验 體体 髮发 鬚须 麪面 麫面 麵面 點点 齡龄 齣出";

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pair = |pair: &'static str| {
        let mut both = pair.chars();
        Some((both.next()?, both.next()?))
    };
    PAIRS.split(' ').filter_map(pair).collect()
});

/// The text in simplified characters.
pub fn simplified(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| SIMPLIFIED.contains_key(&c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| SIMPLIFIED.get(&c).copied().unwrap_or(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_is_of_two_characters_and_none_is_folded_twice() {
        for pair in PAIRS.split(' ') {
            assert_eq!(pair.chars().count(), 2, "{pair}");
        }
        assert!(SIMPLIFIED.values().all(|c| !SIMPLIFIED.contains_key(c)));
    }
}
