// The words of the interface, Chinese and English. Names, sentences and relations come from the data.

import type { Relation } from "./data/types";

export type Language = "zh" | "en";

const WORDS = {
  title: ["关系图谱", "Industry ties"],
  tagline: ["科技行业的人、公司、产品，每条关系都能追到原句", "People, companies and products of the industry; every tie leads to its sentence"],
  search: ["查找公司、人物、产品（名称、别名、拼音）", "Find a company, person, product (name, alias, pinyin)"],
  searchShort: ["查找实体", "Find an entity"],
  noHit: ["没有找到", "Nothing found"],
  hits: ["{0} 个结果", "{0} results"],
  company: ["公司", "Company"],
  person: ["人物", "Person"],
  product: ["产品", "Product"],
  organization: ["机构", "Organization"],
  asserted: ["已确认", "asserted"],
  planned: ["计划中", "planned"],
  rumored: ["传闻", "rumored"],
  negated: ["已否认", "denied"],
  ended: ["已结束", "ended"],
  unstated: ["同现", "co-mention"],
  undo: ["撤销", "Undo"],
  redo: ["重做", "Redo"],
  copyLink: ["复制链接", "Copy link"],
  role: ["职务", "role"],
  round: ["轮次", "round"],
  amount: ["金额", "amount"],
  share: ["股比", "share"],
  copied: ["已复制链接", "Link copied"],
  export: ["导出", "Export"],
  exportSvg: ["图片（SVG，可缩放）", "Picture (SVG, scalable)"],
  exportPng: ["图片（PNG）", "Picture (PNG)"],
  exportDot: ["Graphviz（DOT）", "Graphviz (DOT)"],
  exportJson: ["数据（JSON，含证据）", "Data (JSON, with evidence)"],
  exportCsv: ["表格（CSV）", "Table (CSV)"],
  exported: ["已导出 {0}", "Saved {0}"],
  theme: ["浅色 / 深色", "Light / dark"],
  language: ["English", "中文"],
  start: ["首页", "Start"],
  filters: ["筛选", "Filters"],
  details: ["详情", "Details"],
  close: ["关闭", "Close"],
  reset: ["清除筛选", "Clear filters"],
  kinds: ["实体类型", "Kinds"],
  relations: ["关系", "Relations"],
  statuses: ["状态", "Status"],
  weight: ["至少 {0} 条独立证据", "At least {0} independent sentences"],
  weightTitle: ["证据数", "Evidence"],
  dates: ["日期", "Dates"],
  from: ["从", "From"],
  to: ["到", "To"],
  top: ["最多显示", "Show at most"],
  topAll: ["全部", "all"],
  entitiesN: ["{0} 个实体", "{0} entities"],
  tiesN: ["{0} 条关系", "{0} ties"],
  articlesN: ["{0} 篇文章", "{0} articles"],
  mentionsN: ["提及 {0} 次", "{0} mentions"],
  more: ["另有 {0} 个未显示", "{0} more not shown"],
  showMore: ["再显示 {0} 条", "Show {0} more"],
  only: ["只看", "Only"],
  color: ["着色", "Colour by"],
  byKind: ["类型", "kind"],
  byCommunity: ["社群", "community"],
  communities: ["社群", "Communities"],
  communityOf: ["{0} 等 {1} 个", "{0} and others ({1})"],
  graph: ["图", "Graph"],
  table: ["表", "Table"],
  ties: ["关系", "Ties"],
  entities: ["实体", "Entities"],
  askConnect: ["两者有何关联？", "How are two connected?"],
  askChanged: ["近来有何变化？", "What changed?"],
  askViews: ["现成视图", "Ready views"],
  askWho: ["从这里开始", "Start with"],
  find: ["查找", "Find"],
  show: ["查看", "Show"],
  since: ["自", "Since"],
  anyEntity: ["全部实体（可留空）", "All entities (optional)"],
  viewDenied: ["传闻或否认", "Denied or rumored"],
  viewDeniedDeals: ["传闻或否认的交易", "Denied or rumored deals"],
  viewDeals: ["投资与收购", "Funding and takeovers"],
  viewPeople: ["人物与职位", "People and posts"],
  viewSupply: ["合作与供应", "Partners and suppliers"],
  viewRivals: ["竞争与诉讼", "Rivals and lawsuits"],
  viewEnded: ["已结束的关系", "Ties that ended"],
  viewAll: ["全部关系", "All relations"],
  expand: ["展开邻居", "Expand"],
  collapse: ["收起", "Collapse"],
  focusOn: ["只看它周围", "Only around it"],
  overview: ["返回总览", "Back to overview"],
  connectFrom: ["找关联", "Find a connection"],
  changesOf: ["看变化", "What changed"],
  aliases: ["又名", "Also called"],
  notSeen: ["词典中的其他名称", "Other names in the dictionary"],
  tickers: ["股票代码", "Tickers"],
  family: ["系列", "Family"],
  seen: ["见于 {0} 至 {1}", "Seen {0} to {1}"],
  seenOnce: ["见于 {0}", "Seen {0}"],
  undated: ["无日期", "no date"],
  unlisted: ["不在词典中", "not in the dictionary"],
  site: ["网站", "Site"],
  rank: ["重要度第 {0}", "No. {0} by importance"],
  neighbours: ["关联实体 {0} 个", "{0} neighbours"],
  evidence: ["证据", "Evidence"],
  noEvidence: ["没有可引用的单句：两者只在同一段落或标签中出现", "No single sentence to quote: the two stand in one paragraph or among the tags"],
  evidenceSome: ["显示最可靠的 {0} 句（共 {1} 句独立证据）", "The {0} surest of {1} independent sentences"],
  otherTies: ["两者的其他关系", "Other ties of the two"],
  rule: ["规则", "Rule"],
  confidence: ["可信度", "Confidence"],
  belief: ["可信度 {0}", "belief {0}"],
  event: ["事件时间", "Event date"],
  place: ["出处", "Place"],
  standsFor: ["指 {0}", "stands for {0}"],
  elsewhere: ["“{0}”出现在别的句子", "“{0}” stands in another sentence"],
  subject: ["主体", "Subject"],
  object: ["客体", "Object"],
  relation: ["关系", "Relation"],
  status: ["状态", "Status"],
  first: ["首见", "First seen"],
  last: ["末见", "Last seen"],
  articles: ["文章", "Articles"],
  mentions: ["提及", "Mentions"],
  degree: ["关联数", "Neighbours"],
  importance: ["重要度", "Importance"],
  name: ["名称", "Name"],
  kind: ["类型", "Kind"],
  community: ["社群", "Community"],
  pathTitle: ["{0} 与 {1}", "{0} and {1}"],
  pathNone: ["在当前筛选下没有找到路径", "No path under these filters"],
  pathCo: ["没有关系路径；以下经由同现", "No path of relations; these go by co-mention"],
  pathSteps: ["{0} 步", "{0} steps"],
  pathStep: ["直接相连", "directly tied"],
  swap: ["互换", "Swap"],
  changesTitle: ["自 {0} 起的变化", "Changed since {0}"],
  changeNew: ["新出现", "New"],
  changeEnded: ["结束或被否认", "Ended or denied"],
  changeConfirmed: ["得到确认", "Confirmed"],
  changeReversed: ["重新成立", "Stated again"],
  changeStronger: ["再次提到", "Stronger"],
  changeWeaker: ["转为不确定", "Less certain"],
  changesNone: ["没有变化", "Nothing changed"],
  wasNow: ["{0} → {1}", "{0} → {1}"],
  time: ["时间", "Time"],
  play: ["播放", "Play"],
  pause: ["暂停", "Pause"],
  timeAll: ["全部时间", "All time"],
  timeAt: ["截至 {0}", "As of {0}"],
  timeHint: ["关系如何形成与结束", "How ties form and end"],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  fit: ["适应窗口", "Fit"],
  graphLabel: [
    "关系图：{0}，{1}。方向键在实体间移动，回车打开，E 展开，加减号缩放，0 适应窗口。同样内容见“表”。",
    "Graph: {0}, {1}. Arrow keys move between entities, Enter opens, E expands, plus and minus zoom, 0 fits. The same as a table under “Table”.",
  ],
  noWebgl: ["此浏览器没有 WebGL，图不能显示；以下是同样内容的表格。", "This browser has no WebGL, so the graph cannot be drawn. The table shows the same."],
  empty: ["当前筛选下没有关系", "No ties under these filters"],
  legend: ["图例", "Legend"],
  part: ["此页是全图的一部分（全图 {0} 个实体，{1} 条关系）", "This page holds a part of the graph ({0} entities, {1} ties in all)"],
  noAnswer: ["服务器没有回答：{0}", "The server does not answer: {0}"],
  badData: ["页面数据读不出来：{0}", "The page's data cannot be read: {0}"],
  skip: ["跳到内容", "Skip to content"],
  actions: ["操作", "Actions"],
  shownNow: ["显示 {0}，{1}", "Showing {0}, {1}"],
  sortedBy: ["点击列名排序", "Sort by a column's name"],
  prominent: ["重要实体", "Most important"],
  filterTo: ["只看这类关系", "Show only these"],
  open: ["打开", "Open"],
} satisfies Record<string, [string, string]>;

export type Word = keyof typeof WORDS;

/** What a relation is called seen from its source and from its target; for others its label serves. */
const SIDES: Record<string, { zh: [string, string]; en: [string, string] }> = {
  acquires: { zh: ["收购了", "被收购，买方"], en: ["acquires", "acquired by"] },
  competes_with: { zh: ["竞争对手", "竞争对手"], en: ["competes with", "competes with"] },
  develops: { zh: ["开发的产品", "开发者"], en: ["develops", "developed by"] },
  educated_at: { zh: ["就读于", "校友"], en: ["educated at", "alumni"] },
  founded: { zh: ["创立了", "创始人"], en: ["founded", "founded by"] },
  invests_in: { zh: ["投资了", "投资方"], en: ["invests in", "funded by"] },
  leads: { zh: ["执掌", "领导者"], en: ["leads", "led by"] },
  outperforms: { zh: ["超越了", "被超越"], en: ["outperforms", "outperformed by"] },
  owns: { zh: ["旗下", "所属"], en: ["owns", "owned by"] },
  partners_with: { zh: ["合作伙伴", "合作伙伴"], en: ["partners with", "partners with"] },
  spun_off_from: { zh: ["分拆自", "分拆出"], en: ["spun off from", "spun off"] },
  sues: { zh: ["起诉了", "被起诉，原告"], en: ["sues", "sued by"] },
  supplies: { zh: ["供应给", "供应商"], en: ["supplies", "supplied by"] },
  uses: { zh: ["使用", "使用者"], en: ["uses", "used by"] },
  works_for: { zh: ["任职于", "任职者"], en: ["works for", "staff"] },
  co_mention: { zh: ["同现", "同现"], en: ["mentioned with", "mentioned with"] },
};

export class Words {
  constructor(public language: Language) {}

  say(word: Word, ...parts: (string | number)[]): string {
    const text = WORDS[word][this.language === "zh" ? 0 : 1];
    return text.replace(/\{(\d)\}/g, (_, i: string) => String(parts[Number(i)] ?? ""));
  }

  /** A kind, status or other word of the data; as it is if unknown. */
  of(word: string): string {
    return word in WORDS ? this.say(word as Word) : word.replaceAll("_", " ");
  }

  status(name: string | undefined): string {
    return name ? this.of(name) : this.say("unstated");
  }

  relation(relation: Relation): string {
    if (relation.name === "co_mention") return this.say("unstated");
    return this.language === "zh" ? relation.label : relation.name.replaceAll("_", " ");
  }

  side(relation: Relation, out: boolean): string {
    const known = SIDES[relation.name];
    if (known) return known[this.language][out ? 0 : 1];
    const label = this.relation(relation);
    return relation.symmetric ? label : out ? `${label} →` : `← ${label}`;
  }

  number(n: number): string {
    return n.toLocaleString(this.language === "zh" ? "zh-CN" : "en-US", { maximumFractionDigits: 2 });
  }
}

/** A day as it is written everywhere, such as 2025-06-24. */
export function dayText(day: number): string {
  if (!day) return "";
  const text = String(day);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
}

export const dayNumber = (text: string): number =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? Number(text.replaceAll("-", "")) : 0;
