//! 整改通知单: a notice to one manager, with what was found, what is asked of him, until when, and how to appeal.

use super::words::{customer, item, listed, manager, month, part, sentence, subpart, when};
use super::{Notices, Subject, repeated, subject};
use crate::document::{Cell, Column, Document, Side, Table, Tone};
use crate::judgement::{Finding, JudgedManager, When, finding_id};
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::{ManagerId, Period};
use crate::report::points;
use std::collections::BTreeSet;

/// So many findings of a rule stand in sentences; where there are more, the first of them.
const SENTENCES: usize = 6;

/// What the notice is called.
pub(crate) fn title() -> Words {
    words("整改通知单", "Notice of rectification")
}

/// A notice to one manager.
struct Notice<'a> {
    notices: &'a Notices<'a>,
    judged: &'a JudgedManager,
    found: Vec<(usize, Vec<&'a Finding>)>,
    repeated: BTreeSet<Subject>,
    lang: Lang,
}

/// The notice to a manager of the judgement; nothing where he is none.
pub(crate) fn document(notices: &Notices, id: ManagerId, lang: Lang) -> Option<Document> {
    let judged = notices.run.judgement.managers.iter().find(|judged| judged.id == id)?;
    let notice = Notice { notices, judged, found: notices.found(judged), repeated: repeated(notices.followed), lang };
    let mut document = Document::default();
    notice.head(&mut document);
    notice.findings(&mut document);
    notice.points(&mut document);
    notice.requirements(&mut document);
    notice.foot(&mut document);
    let annex = words("附件　结论清单", "Annex: the findings");
    document.section("findings", annex.get(lang), notice.annex());
    Some(document)
}

impl Notice<'_> {
    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        sentence(&say(zh, en), self.lang)
    }

    fn head(&self, document: &mut Document) {
        let Self { notices, judged, lang, .. } = *self;
        let book = notices.run.book;
        document.title(title().get(lang));
        if let Some(number) = notices.numbers.get(&judged.id).filter(|number| !number.trim().is_empty()) {
            document.line(Side::Centre, number.as_str());
        }
        let branch = book.branch(judged.id).map(|branch| format!("{branch} ")).unwrap_or_default();
        let name = manager(book, judged.id);
        let addressee = say(format!("{branch}{}：", name.zh), format!("{branch}{}:", name.en));
        document.line(Side::Left, addressee.get(lang));
        let (of, horizon) = (month(notices.run.judgement.month), book.horizon);
        let all: usize = self.found.iter().map(|(_, findings)| findings.len()).sum();
        let repeated =
            self.found.iter().flat_map(|(rule, findings)| findings.iter().map(|one| self.is_repeated(*rule, one)));
        let again = repeated.filter(|is_repeated| *is_repeated).count();
        let (again_zh, again_en) = match again {
            0 => Default::default(),
            n if all == 1 => (format!("，其中 {n} 项属重复问题"), ", a repeated one".to_owned()),
            n => (format!("，其中 {n} 项属重复问题"), format!(", {n} of them repeated")),
        };
        document.text(self.say(
            format!("经对{}拜访记录进行考核（数据截至 {horizon}），发现你存在以下问题，共 {all} 项{again_zh}，请按期整改", of.zh),
            format!(
                "The records of your visits in {} were judged (data to {horizon}). {} made{again_en}; please put right what is listed below",
                of.en,
                if all == 1 { "1 finding was".to_owned() } else { format!("{all} findings were") },
            ),
        ));
    }

    fn is_repeated(&self, rule: usize, finding: &Finding) -> bool {
        let run = self.notices.run;
        self.repeated.contains(&subject(run.book, run.judgement, self.judged.id, rule, finding))
    }

    /// ` 【重复】`, where all of these findings are of subjects that repeat.
    fn mark(&self, rule: usize, findings: &[&Finding]) -> &'static str {
        match findings.iter().all(|finding| self.is_repeated(rule, finding)) {
            true => super::marked(self.lang),
            false => "",
        }
    }

    /// What of his points was lost where, if scores are made of points.
    fn points(&self, document: &mut Document) {
        let table = points::of_manager(self.notices.run, self.judged, self.lang);
        if table.rows.is_empty() {
            return;
        }
        let score = self.judged.score.map_or(String::new(), |score| score.to_string());
        document.text(self.say(format!("本月得分 {score}，扣分情况："), format!("Score of the month: {score}; lost:")));
        document.table(table);
    }

    fn findings(&self, document: &mut Document) {
        let heading = part(1).then(&words("存在的问题", "What was found"));
        document.heading(heading.get(self.lang));
        for (number, (rule, findings)) in (1..).zip(&self.found) {
            let caption = subpart(number).then(&self.notices.rule_words(*rule));
            document.caption(format!("{}{}", caption.get(self.lang), self.mark(*rule, findings)), Tone::Plain);
            document.text(self.summary(*rule, findings));
            let shown = &findings[..findings.len().min(SENTENCES)];
            for (number, finding) in (1..).zip(shown) {
                // Where all repeat the caption says so.
                let mark = if self.mark(*rule, findings).is_empty() { self.mark(*rule, &[finding]) } else { "" };
                let told = item(number).then(&told(self.notices, finding, common_requirement(findings).is_none()));
                document.text(format!("{}{mark}", sentence(&told, self.lang)));
            }
            match findings.len() - shown.len() {
                0 => {}
                1 => document.text(self.say("另有 1 项，见附件", "One more stands in the annex")),
                rest => document
                    .text(self.say(format!("其余 {rest} 项见附件"), format!("The other {rest} stand in the annex"))),
            }
        }
    }

    /// How many units failed of how many, on which days and at whose shops where they are many, and what is required.
    fn summary(&self, rule: usize, findings: &[&Finding]) -> String {
        let (outcome, failed) = (&self.judged.outcomes[rule], findings.len() as u64);
        let units = counted(outcome.assessed, "unit");
        let mut told =
            say(format!("考核 {} 项，不合格 {failed} 项", outcome.assessed), format!("{failed} of {units} failed"));
        if findings.len() > SENTENCES {
            let of_book = |finding: &&&Finding| finding.customer.map(|id| customer(self.notices.run.book, id));
            let days: BTreeSet<_> = findings.iter().filter_map(|finding| date_of(finding)).collect();
            let days: Vec<Words> = days.into_iter().map(|date| when(When::Date(date))).collect();
            let mut shops: Vec<Words> = findings.iter().filter_map(|finding| of_book(&finding)).collect();
            shops.sort();
            shops.dedup();
            for (some, what) in [(days, ("天", "day")), (shops, ("户", "customer"))] {
                if !some.is_empty() {
                    told = told.then(&words("；", "; ")).then(&listed(&some, what));
                }
            }
        }
        if let Some(required) = common_requirement(findings) {
            told = told.then(&say(format!("。要求：{}", required.zh), format!(". Required: {}", required.en)));
        }
        sentence(&told, self.lang)
    }

    /// What is asked of him, rule by rule, and until when.
    fn requirements(&self, document: &mut Document) {
        let heading = part(2).then(&words("整改要求", "What is asked"));
        document.heading(heading.get(self.lang));
        for (number, (rule, _)) in (1..).zip(&self.found) {
            let remedy = &self.notices.run.ruleset.rules[*rule].meta.remedy;
            let title = self.notices.title(*rule);
            let asked = say(format!("{}：{}", title.zh, remedy.zh), format!("{}: {}", title.en, remedy.en));
            document.text(sentence(&item(number).then(&asked), self.lang));
        }
        let deadline = self.notices.deadline_words();
        document.text(self.say(
            format!("请于{}前（含当日）完成整改，并将整改情况书面反馈", deadline.zh),
            format!("Please put this right by {} at the latest, and report in writing what was done", deadline.en),
        ));
    }

    fn foot(&self, document: &mut Document) {
        let lang = self.lang;
        let heading = part(3).then(&words("申诉", "Appeals"));
        document.heading(heading.get(lang));
        document.text(sentence(&self.notices.how_to_appeal(), lang));
        if let Some(years) = self.notices.unlisted_years() {
            document.text(sentence(&years, lang));
        }
        for line in self.notices.signatures() {
            document.line(Side::Right, line.get(lang));
        }
        document.heading(words("回执", "Receipt").get(lang));
        for line in [
            words("签收人（签名）：　　　　　　　　日期：", "Received by (signature): ________  Date: ________"),
            words("整改情况：", "What was done: ________________________"),
            words("客户经理（签名）：　　　　　　　日期：", "Manager (signature): ________  Date: ________"),
            words("复核人（签名）：　　　　　　　　日期：", "Verified by (signature): ________  Date: ________"),
        ] {
            document.line(Side::Left, line.get(lang));
        }
    }

    /// Every finding with its id, by which appeals speak of it.
    fn annex(&self) -> Document {
        let (run, lang) = (self.notices.run, self.lang);
        let heads = [
            words("结论编号", "finding"),
            words("日期", "date"),
            words("规则", "rule"),
            words("客户", "customer"),
            words("实测", "measured"),
            words("要求", "required"),
            words("重复", "repeated"),
        ];
        let mut rows = Vec::new();
        for (rule, findings) in &self.found {
            for finding in findings {
                let id = finding_id(run.book.names(), &run.judgement.rules[*rule], self.judged.id, finding);
                let shop = finding.customer.map(|id| customer(run.book, id));
                let again = if self.is_repeated(*rule, finding) { words("重复", "yes") } else { words("", "") };
                rows.push(vec![
                    Cell::id(id),
                    Cell::new(when(finding.when).get(lang)),
                    Cell::new(self.notices.title(*rule).get(lang)),
                    Cell::new(shop.map_or(String::new(), |shop| shop.get(lang).to_owned())),
                    Cell::new(finding.measured.get(lang)),
                    Cell::new(finding.required.get(lang)),
                    Cell::new(again.get(lang)),
                ]);
            }
        }
        let columns = heads.iter().map(|head| Column::left(head.get(lang))).collect();
        let mut document = Document::default();
        document.table(Table { columns, rows, headed: true, breaks: false });
        document
    }
}

fn date_of(finding: &Finding) -> Option<chrono::NaiveDate> {
    match finding.when {
        When::Date(date) => Some(date),
        When::Period(_) => None,
    }
}

/// What is required, where it is the same of all.
fn common_requirement<'f>(findings: &[&'f Finding]) -> Option<&'f Words> {
    let first = findings.first()?;
    findings.iter().all(|finding| finding.required == first.required).then_some(&first.required)
}

/// A finding as a sentence: `9月8日 08:43，平安超市（C0123）：…（要求 …）`.
fn told(notices: &Notices, finding: &Finding, with_requirement: bool) -> Words {
    let book = notices.run.book;
    let is_of_month = finding.when == When::Period(Period::Month(notices.run.judgement.month));
    // That it is of the month is said above.
    let mut place = (!is_of_month).then(|| when(finding.when));
    let clock = finding.key.map(|key| key.clock().to_string());
    // Some sentences tell the time themselves.
    if let (Some(told), Some(clock)) = (&place, clock.filter(|clock| !finding.message.zh.contains(clock.as_str()))) {
        place = Some(told.clone().then(&Words::same(format_args!(" {clock}"))));
    }
    let shop = finding.customer.map(|id| customer(book, id));
    let head = [place, shop].into_iter().flatten().reduce(|all, next| all.then(&words("，", ", ")).then(&next));
    let what = if finding.message.zh.is_empty() { &finding.measured } else { &finding.message };
    let told = match head {
        Some(head) => head.then(&words("：", ": ")).then(what),
        None => what.clone(),
    };
    match with_requirement {
        true => {
            let required = &finding.required;
            told.then(&say(format!("（要求 {}）", required.zh), format!(" (required {})", required.en)))
        }
        false => told,
    }
}
