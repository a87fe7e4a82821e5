//! How well headers name columns: the words of a header are brought to a few concepts, and each column is known by those that
//! name it.

use super::legends::Legend;
use super::spoken::{Spoken, are_generic};
use super::terms::QUALIFYING;
use super::ways::ways;
use crate::cell::likely;
use crate::model::{Column, Field, Holds, Kind, Planned, Word, fold_header};

/// A way in which a column is named weighs so much less than the one before it.
const LESS: f64 = 0.01;
/// What a header counts that lists the words that stand below it.
const LISTED: f64 = 0.8;
/// Whose ids are.
const BEARERS: [&str; 3] = ["shop", "rep", "owner"];
/// What is asked where a yes or no tells it.
const ASKED: [&str; 6] = ["must", "vulnerable", "info", "suspended", "upheld", "duty"];
/// What it counts that somebody filled in a form.
const DOER: f64 = 0.9;
/// What parts the names of a path.
const PATH: [char; 6] = ['/', '.', '>', '|', '→', ':'];
/// What parts the words of a list.
const LIST: [char; 7] = ['/', '、', '|', '或', ',', ';', ' '];

/// A header with what it speaks of, which is told once for all the columns that it might be.
pub(super) struct Header {
    folded: String,
    /// As the whole of it speaks.
    pub whole: Spoken,
    /// With what stands in brackets; and names at the end of a path, which may say it all, unless what they are part of is of
    /// another time.
    others: Vec<Spoken>,
    /// The words that it lists.
    listed: Vec<String>,
    /// What it says of marks below it.
    pub legend: Legend,
    /// Whether it tells what was from what was to be.
    pub is_actual: bool,
}

impl Header {
    pub(super) fn of(header: &str) -> Self {
        let header = &*without_ordinal(header).replace("还是", "/");
        let folded = fold_header(header).into_owned();
        let is_listed = |text: &str| text.split(LIST).filter(|part| !part.trim().is_empty()).count() > 1;
        let within = folded.split_once('(').map(|(_, within)| within.trim_end_matches(')'));
        let list = within.filter(|within| is_listed(within)).unwrap_or(&folded);
        let listed = list.split(LIST).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let is_between = |at: usize| header[..at].ends_with(|c: char| !c.is_ascii());
        let dashes = header.match_indices('-').filter(|(at, _)| is_between(*at));
        let ends = header
            .match_indices(PATH)
            .chain(dashes)
            .map(|(at, between)| (&header[..at], &header[at + between.len()..]));
        let ends = ends.map(|(path, end)| (Spoken::of(path), Spoken::of(end)));
        // An id or a time at the end is of what the path names.
        let is_said = |(path, end): &(Spoken, Spoken)| {
            let says_all = !end.is_generic() || path.concepts.is_empty();
            end.explained > 0.0 && says_all && !path.is_qualified()
        };
        let mut others: Vec<Spoken> = ends.filter(is_said).map(|(_, end)| end).collect();
        if within.is_some_and(|within| !is_listed(within)) {
            others.push(Spoken::of(&header.replace(['(', ')', '（', '）'], " ")));
        }
        let is_actual =
            folded.contains("实际") || folded.split(|c: char| !c.is_alphabetic()).any(|word| word == "actual");
        let legend = Legend::of(header);
        // Without its marks it lists words.
        let words: Vec<String> = legend.words().map(|word| fold_header(word).into_owned()).collect();
        let listed = if words.len() > 1 { words } else { listed };
        Self { whole: Spoken::of(header), others, listed, legend, is_actual, folded }
    }

    pub(super) fn speaks_of(&self, concept: &str) -> bool {
        self.whole.concepts.contains(&concept)
    }

    /// Whether it lists words of a column, such as `线下/网访`: two of its values, and nothing else.
    fn lists(&self, kind: Kind, field: &Field) -> bool {
        let Some(vocabulary) = field.vocabulary().filter(|_| self.listed.len() > 1) else { return false };
        let names = vocabulary.names();
        let value = |word: &String| {
            let place = vocabulary.place(word, &|_| None);
            place.map(|place| names[place]).or_else(|| likely(kind, field.column, word))
        };
        let values: Option<Vec<&str>> = self.listed.iter().map(value).collect();
        let is_flag = names[..] == ["yes", "no"] && field.holds != Holds::Word(Planned::VOCABULARY);
        !is_flag && values.is_some_and(|values| values.iter().any(|value| *value != values[0]))
    }
}

/// A question of a form without its number: `3.拜访方式`, `Q2、…`.
fn without_ordinal(header: &str) -> &str {
    let numbered = header.trim_start().trim_start_matches(['Q', 'q']);
    let behind = numbered.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = behind.trim_start_matches(['.', '、', '．', ':', '：', ')', '）']).trim();
    let is_numbered = behind.len() < numbered.len() && rest.len() < behind.len() && !rest.is_empty();
    if is_numbered { rest } else { header }
}

/// How well a header names a column, 0 to 1: 1 for a name that the column has anyway.
pub(super) fn likeness(header: &Header, kind: Kind, field: &Field) -> f64 {
    if field.headers().contains(&&*header.folded) {
        return 1.0;
    }
    let whole = likeness_of(&header.whole, kind, field);
    let listed = if header.lists(kind, field) { LISTED } else { 0.0 };
    let others = header.others.iter().map(|spoken| likeness_of(spoken, kind, field) * (1.0 - LESS));
    others.fold(whole.max(listed), f64::max)
}

fn likeness_of(spoken: &Spoken, kind: Kind, field: &Field) -> f64 {
    let (mut concepts, explained) = (spoken.concepts.clone(), spoken.explained);
    // What is measured in a unit of time is a length.
    if field.holds.unit().is_some() && spoken.is_timed && !concepts.contains(&"length") {
        concepts.push("length");
    }
    let readings = readings(kind, concepts);
    let like = |concepts: &Vec<&str>| {
        let is_generic = are_generic(concepts);
        // With a word that nobody knows it is of something else.
        if is_generic && explained < 1.0 {
            return 0.0;
        }
        let of_way = |(place, way): (usize, &&str)| {
            let wanted: Vec<&str> = way.split(' ').collect();
            let both = wanted.iter().filter(|concept| concepts.contains(concept)).count();
            let all = wanted.len() + concepts.len() - both;
            let is_bare = are_generic(&wanted);
            let is_of_another =
                others_of(kind, field).iter().any(|one| concepts.contains(one) && !wanted.contains(one));
            // Whose an id is must be said.
            let is_said = |one: &&str| field.holds != Holds::Id || !BEARERS.contains(one) || concepts.contains(one);
            // A yes is one to what the column asks.
            let is_asked = wanted.iter().all(|one| !ASKED.contains(one) || concepts.contains(one));
            let is_other = !is_asked
                || !wanted.iter().all(is_said)
                || QUALIFYING.iter().any(|one| concepts.contains(one) != wanted.contains(one));
            if (is_generic || is_bare) && both < all || is_of_another || is_other {
                return 0.0;
            }
            both as f64 / all as f64 * (1.0 - LESS * place as f64)
        };
        ways(kind, field.column).iter().enumerate().map(of_way).fold(0.0, f64::max)
    };
    // Who looks after the shop is said more plainly than who filled in a form.
    let weight = if spoken.concepts.contains(&"doer") { 0.9 * DOER } else { 0.9 };
    let best = readings.iter().map(like).fold(0.0, f64::max);
    // A word that says nothing known may say that it is something else.
    weight * best * (0.5 + 0.5 * explained)
}

/// A number is an id, or of a telephone; `dt` is a date, or one with a time; `pc` is how often, or a batch; a
/// user is of the system, or of what is sold; who did something is whose it is, unless it is an archive's.
fn readings(kind: Kind, mut concepts: Vec<&'static str>) -> Vec<Vec<&'static str>> {
    // Of a shop that somebody comes there in person is asked for; of a visit it is no more than said.
    for (way, of_visits) in [("f2f", Some("visit")), ("onsite", None)] {
        let meant = if kind == Kind::Customers { Some("must") } else { of_visits };
        if concepts.contains(&way) {
            concepts.retain(|concept| *concept != way && Some(*concept) != meant);
            concepts.extend(meant);
        }
    }
    let meant = match () {
        () if concepts.contains(&"doer") && kind != Kind::Customers => ("doer", ["rep", "rep"]),
        () if concepts.contains(&"number") => ("number", ["id", "phone"]),
        () if concepts.contains(&"dt") => ("dt", ["date", "time"]),
        () if concepts.contains(&"user") => ("user", ["rep", "shop"]),
        () if concepts.contains(&"pc") => ("pc", ["cycle", "route"]),
        () => return vec![concepts],
    };
    let read = |one| concepts.iter().map(|it| if *it == meant.0 { one } else { *it }).collect();
    meant.1.into_iter().map(read).collect()
}

/// Whose column is another one, unless it is asked for: a telephone of the manager's, the position of the shop.
pub(super) fn others_of(kind: Kind, field: &Field) -> &'static [&'static str] {
    match field.holds {
        // Who brings the goods is another one.
        Holds::Phones => &["rep", "branch", "delivery"],
        Holds::Id | Holds::Name => &["rep", "branch"],
        Holds::Text if field.column == Column::Contact => &["rep"],
        Holds::Lon | Holds::Lat if kind == Kind::Customers => &["rep", "start", "end"],
        Holds::Lon | Holds::Lat => &["shop", "end"],
        // A licence, and what was ordered first, have days of their own.
        Holds::Date if kind == Kind::Customers => &["license", "goods", "rep"],
        // How often goods come, or somebody pays, is not how often somebody calls there.
        Holds::Word(_) if field.column == Column::VisitCycle => &["goods", "delivery"],
        // Whether it has ended is not what came of it.
        Holds::Word(_) if kind == Kind::Visits && field.column == Column::Outcome => &["end"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Column;

    fn best(header: &str, kind: Kind) -> (&'static str, u32) {
        let fields = kind
            .fields()
            .iter()
            .map(|field| ((100.0 * likeness(&Header::of(header), kind, field)) as u32, field.column));
        let (score, column) = fields.max_by_key(|(score, _)| *score).unwrap();
        (column.name(), score)
    }

    #[test]
    fn foreign_headers_name_the_columns_they_mean() {
        for (header, kind, column) in [
            ("业务员工号", Kind::Visits, "manager_id"),
            ("门店编号", Kind::Visits, "customer_id"),
            ("签退时刻", Kind::Visits, "ended_at"),
            ("拜访时长", Kind::Visits, "minutes"),
            ("拜访形式", Kind::Visits, "mode"),
            ("主叫/被叫", Kind::Calls, "direction"),
            ("本端号码", Kind::Calls, "own_number"),
            ("对端号码", Kind::Calls, "number"),
            ("起始时间", Kind::Calls, "started_at"),
            ("通信时长(秒)", Kind::Calls, "seconds"),
            ("StartTime", Kind::Calls, "started_at"),
            ("Extension", Kind::Calls, "own_number"),
            ("External Number", Kind::Calls, "number"),
            ("duration_sec", Kind::Calls, "seconds"),
            ("门店名称", Kind::Customers, "name"),
            ("专卖许可证号", Kind::Customers, "customer_id"),
            ("计划拜访日期", Kind::Plans, "date"),
            ("出勤状态", Kind::Days, "status"),
            ("员工姓名", Kind::Managers, "name"),
            ("Check-in Time", Kind::Visits, "started_at"),
            ("Sign Out Time", Kind::Visits, "ended_at"),
            ("起", Kind::Visits, "started_at"),
            ("离", Kind::Visits, "ended_at"),
            ("经营户编号", Kind::Visits, "customer_id"),
            ("专管员编号", Kind::Customers, "manager_id"),
            ("Sales Rep Code", Kind::Customers, "manager_id"),
            ("秒数", Kind::Calls, "seconds"),
            ("visitWay", Kind::Visits, "mode"),
            ("線下/網訪", Kind::Visits, "mode"),
            ("t_visit_start_time", Kind::Visits, "started_at"),
            ("客户.编号", Kind::Visits, "customer_id"),
            ("kh_bh", Kind::Visits, "customer_id"),
            ("jcsj", Kind::Visits, "started_at"),
            ("lcsj", Kind::Visits, "ended_at"),
            ("企业(字号)名称", Kind::Customers, "name"),
            ("item_code", Kind::Services, "item"),
            ("accept_time", Kind::Inquiries, "received_at"),
            ("专营业务员.编码", Kind::Customers, "manager_id"),
            ("storecode", Kind::Visits, "customer_id"),
            ("Retailer UID", Kind::Customers, "customer_id"),
            ("DSR Code", Kind::Plans, "manager_id"),
            ("走访事项", Kind::Visits, "items"),
            ("Stop No", Kind::Plans, "seq"),
            ("联系方式", Kind::Customers, "phone"),
            ("複核日期", Kind::Checks, "checked_on"),
            ("安排項目", Kind::Plans, "mode"),
        ] {
            let (found, score) = best(header, kind);
            assert!(found == column && score >= 45, "{header}: {found} {score}");
        }
    }

    #[test]
    fn headers_of_databases_and_of_other_lands_name_them_too() {
        for (header, kind, column) in [
            ("SLSMAN_NAME", Kind::Customers, "manager_name"),
            ("LINKMAN", Kind::Customers, "contact"),
            ("SR_CD", Kind::Customers, "manager_id"),
            ("Territory Rep", Kind::Customers, "manager_name"),
            ("送货地址", Kind::Customers, "address"),
            ("接通时间", Kind::Calls, "started_at"),
            ("店内座机", Kind::Customers, "phone2"),
            ("Account Manager", Kind::Customers, "manager_name"),
            ("招牌名称", Kind::Customers, "name"),
            ("客户所有人所属部门", Kind::Customers, "branch"),
            ("JINGYING_ZHUANGTAI", Kind::Customers, "status"),
            ("LIAN_XI_REN", Kind::Customers, "contact"),
            ("YICHANG_YUANYIN", Kind::Visits, "exception_reason"),
            ("計畫內外", Kind::Visits, "planned"),
            ("抽查月", Kind::Checks, "month"),
        ] {
            let (found, score) = best(header, kind);
            assert!(found == column && score >= 45, "{header}: {found} {score}");
        }
    }

    #[test]
    fn what_one_thing_is_called_by_many_makers_is_known() {
        for (headers, kind, column) in [
            ("断供 停配 供货暂停 交货冻结 暂停订货 货源暂停标志 黑名单停供", Kind::Customers, Column::Suspended),
            ("必到户 务必到店 必须面访 实地强制 必巡网点 须到现场 需实地", Kind::Customers, Column::MustOnsite),
            (
                "信息户 信息监测点 采价点 情报采集 采集店 infoPointFlag is_info_point",
                Kind::Customers,
                Column::InfoPoint,
            ),
            ("薄弱户 弱小客户 扶弱对象 贫弱户 weakFlag SFRSKH", Kind::Customers, Column::Vulnerable),
            ("走访分组 拜访编组 线路分组 应访批次 走访批别 visit_group", Kind::Customers, Column::VisitBatch),
            ("入网登记日期 何时入网 建店时间 纳管日期 启用于 join_date", Kind::Customers, Column::OpenedOn),
            ("撤点日期 出网日 何时停业 注销登记日期 终止合作日期 流失时间", Kind::Customers, Column::ClosedOn),
            ("掌柜 铺主 经营主 bossName", Kind::Customers, Column::Contact),
            ("铺址 店铺坐落 客户住所 营业地点", Kind::Customers, Column::Address),
            ("烟证号码 往来单位编码 售达方编码 客商编码", Kind::Customers, Column::CustomerId),
            ("入库时间 传回时间 报送时间 平台接收时间 到达服务端时间", Kind::Visits, Column::UploadedAt),
            ("巡店事项 服务清单 走访条目 跟进事项 FWXM", Kind::Visits, Column::Items),
            ("沟通软件 拜访网络工具 跟进工具 messagingTool", Kind::Visits, Column::Tool),
            ("变更自 挪自 顺延自 由何日改期", Kind::Plans, Column::RescheduledFrom),
            ("3.拜访方式（必填） Q2、拜访方式", Kind::Visits, Column::Mode),
            ("包片人 维系人 首问人编码", Kind::Inquiries, Column::ManagerId),
        ] {
            for header in headers.split(' ') {
                let (found, score) = best(header, kind);
                assert!(found == column.name() && score >= 40, "{header}: {found} {score}");
            }
        }
    }

    #[test]
    fn who_filled_in_a_form_is_the_visitor_and_no_shops_manager() {
        for kind in [Kind::Visits, Kind::Customers] {
            let like = likeness(&Header::of("提交人"), kind, kind.field(Column::ManagerId).unwrap());
            assert_eq!(like >= 0.4, kind == Kind::Visits);
        }
    }

    #[test]
    fn reviews_waiting_faxes_and_deliveries_are_of_something_else() {
        for (header, kind, column) in [
            ("AUDIT_USER", Kind::Visits, Column::ManagerId),
            ("AUDIT_USER", Kind::Checks, Column::ManagerId),
            ("稽核人员", Kind::Visits, Column::ManagerId),
            ("复核员工工号", Kind::Visits, Column::ManagerId),
            ("CREATE_USER_ID", Kind::Visits, Column::ManagerId),
            ("AUDIT_TM", Kind::Visits, Column::StartedAt),
            ("振铃时间", Kind::Calls, Column::StartedAt),
            ("等待时长", Kind::Calls, Column::Seconds),
            ("传真号码", Kind::Customers, Column::Phone),
            ("Account Manager", Kind::Customers, Column::CustomerId),
            ("订货周期", Kind::Customers, Column::VisitCycle),
            ("结算周期", Kind::Customers, Column::VisitCycle),
            ("门店定位", Kind::Visits, Column::Lon),
            ("SHR", Kind::Visits, Column::ManagerId),
            ("送货电话", Kind::Customers, Column::Phone),
            ("紧急联系电话", Kind::Customers, Column::Phone),
            ("Regional Manager", Kind::Customers, Column::ManagerName),
            ("区域经理", Kind::Customers, Column::Branch),
            ("是否拜访", Kind::Customers, Column::MustOnsite),
        ] {
            assert!(likeness(&Header::of(header), kind, kind.field(column).unwrap()) < 0.4, "{header}");
        }
    }

    #[test]
    fn a_former_or_last_of_something_is_something_else() {
        let like = |header: &str, kind: Kind, field: &Field| likeness(&Header::of(header), kind, field);
        let id = Kind::Customers.field(Column::ManagerId).unwrap();
        assert!(like("原业务员工号", Kind::Customers, id) < like("业务员工号", Kind::Customers, id));
        let date = Kind::Plans.field(Column::Date).unwrap();
        assert!(like("最近一次拜访日期", Kind::Plans, date) < 0.8);
        assert_eq!(like("天气", Kind::Plans, date), 0.0);
        for (header, kind, column) in [
            ("供货状态", Kind::Customers, Column::Status),
            ("客户经理电话", Kind::Customers, Column::Phone),
            ("情况说明", Kind::Visits, Column::Note),
            ("到店时间(计划)", Kind::Visits, Column::StartedAt),
            ("门店经度", Kind::Visits, Column::Lon),
            ("id", Kind::Plans, Column::Seq),
            ("销售部门名称", Kind::Customers, Column::ManagerName),
            ("VisitEnded", Kind::Visits, Column::Outcome),
            ("汇报编号", Kind::Visits, Column::ManagerId),
            ("Retailer UID", Kind::Visits, Column::ManagerId),
        ] {
            assert!(like(header, kind, kind.field(column).unwrap()) < 0.4, "{header}");
        }
    }
}
