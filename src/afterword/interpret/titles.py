"""What sections are called, by language: tables of titles, and how a heading is compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from afterword.interpret.lexicon import Lexicon, Wording, key_of, said, wording
from afterword.placeholders import find

_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "summary": """
            summary|executive summary|issue summary|incident summary|problem summary|tl dr|tldr|abstract|synopsis
            |in short|brief summary|short summary|high level summary|postmortem summary|zusammenfassung|kurzfassung
            |kurz zusammengefasst|resumen|resumen ejecutivo|resumen del incidente|résumé|résumé exécutif|synthèse
            |résumé de l incident|resumo|resumo executivo|sumário|sumário executivo|resumo do incidente|サマリー
            |サマリ|概要|要約|エグゼクティブサマリー|摘要|总结|概述|执行摘要|事件摘要|事故摘要|事件概述|事故概述
            |ملخص|الملخص|ملخص تنفيذي|الملخص التنفيذي|кратко|problem overview|事件概要|事故概要|kurzbeschreibung
            |résumé des faits|problema|resumen general
        """,
        "timeline": """
            timeline|time line|timeline of events|incident timeline|events timeline|event timeline|response timeline
            |chronology|key events|detailed timeline|timeline of the incident|timeline of incident|event log
            |incident log|sequence of events|outage timeline|zeitleiste|zeitverlauf|zeitlicher ablauf|ablauf
            |chronologie|verlauf|chronologie des événements|déroulement|chronologie de l incident|cronología
            |cronología del incidente|línea de tiempo|línea temporal|cronologia|linha do tempo
            |cronologia do incidente|タイムライン|時系列|経緯|経過|时间线|时间轴|时间表|事件时间线|事故时间线
            |处理过程|الجدول الزمني|التسلسل الزمني|تسلسل الأحداث|хронология|хронология инцидента|event history
            |history of events|incident chronology|log of events|ablauf der störung|chronologie des faits
            |cronología de eventos|línea de tiempo del incidente|linha do tempo do incidente|発生からの経緯|対応経緯
            |障害の経緯|事件经过|处理时间线
        """,
        "root_cause": """
            root cause|root causes|root cause analysis|rca|cause|causes|cause analysis|the cause|root cause s
            |technical root cause|cause of the problem|cause of the incident|cause of the outage
            |root cause of the outage|what caused it|why did it happen|why did this happen|how did this happen
            |why it happened|analysis of the root cause|primary cause|ursache|ursachen|ursachenanalyse|grundursache
            |hauptursache|fehlerursache|causa|causas|causa raíz|análisis de causa raíz|causa principal|cause racine
            |causes racines|cause profonde|causes profondes|analyse des causes|causa raiz|análise de causa raiz
            |causas raiz|根本原因|根本原因分析|原因|原因分析|直接原因|根因|根因分析|السبب الجذري|تحليل السبب الجذري
            |السبب|الأسباب|why did that happen|what allowed this to happen|how could this happen|what was the cause
            |underlying cause|underlying causes|direct cause|immediate cause|technical cause|causa del problema
            |cause première|causa fundamental|ursache des ausfalls|原因と背景|発生原因|故障原因|事故原因|问题原因
            |产生原因
        """,
        "trigger": """
            trigger|triggers|what triggered it|triggering event|auslöser|déclencheur|élément déclencheur
            |desencadenante|detonante|gatilho|desencadeador|トリガー|引き金|発生契機|触发|触发因素|触发条件|触发原因
            |المحفز|المسبب
        """,
        "factors": """
            contributing factors|contributing factor|contributing causes|contributors|factors|aggravating factors
            |begünstigende faktoren|mitwirkende faktoren|facteurs contributifs|facteurs aggravants
            |factores contribuyentes|fatores contribuintes|寄与要因|要因|促成因素|影响因素|相关因素|العوامل المساهمة
            |facteurs ayant contribué|causas contribuyentes|causas contribuintes
        """,
        "whys": """
            five whys|5 whys|the five whys|the 5 whys|5 whys analysis|five whys analysis|5 warum|fünf mal warum
            |5 pourquoi|cinq pourquoi|5 porqués|cinco porqués|5 por qués|5 porquês|cinco porquês|なぜなぜ分析
            |5つのなぜ|五个为什么|5个为什么|الأسباب الخمسة|لماذا الخمسة
        """,
        "gap": """
            detection gap|detection gaps|why was this not detected|why was it not detected earlier|monitoring gap
            |erkennungslücke|lacune de détection|brecha de detección|falha de detecção|falha na detecção|検知の課題
            |検知ギャップ|检测缺口|检测盲区|فجوة الكشف
        """,
        "impact": """
            impact|impacts|incident impact|user impact|customer impact|business impact|impact on users|the impact
            |impact assessment|scope|scope of impact|detailed description of impact|impact analysis|severity impact
            |what was impacted|who was affected|affected users|what was the impact|auswirkung|auswirkungen|folgen
            |betroffen|impacto|impacto en clientes|impacto no cliente|impacto al cliente|impact utilisateur
            |conséquences|impacts utilisateurs|影響|影響範囲|影响|影响范围|影响面|影响分析|التأثير|الأثر
            |الأثر والنطاق|service impact|impact on customers|impact to users|consequences|auswirkungen auf nutzer
            |impact client|impact sur les utilisateurs|impacto en usuarios|impacto en los usuarios
            |impacto nos clientes|impacto no usuário|ユーザー影響|ユーザーへの影響|影響と範囲|用户影响|业务影响
            |影响评估
        """,
        "customers": """
            customers affected|affected customers|betroffene kunden|clients touchés|clientes afectados
            |clientes afetados|影響を受けた顧客|受影响客户|受影响的客户|العملاء المتأثرون
        """,
        "data_loss": """
            data loss|datenverlust|perte de données|pertes de données|pérdida de datos|perda de dados|データ損失
            |データ消失|数据丢失|فقدان البيانات
        """,
        "resolution": """
            resolution|resolutions|mitigation|fix|the fix|solution|recovery|resolution and recovery
            |mitigation and resolution|how it was fixed|steps to resolution|resolution steps|how we fixed it
            |how was it fixed|immediate fix|response|incident response|mitigation steps|resolution mitigation
            |corrective action taken|actions taken|repair|behebung|lösung|wiederherstellung|maßnahmen zur behebung
            |gegenmaßnahmen|sofortmaßnahmen|résolution|correction|atténuation|atténuation et résolution
            |rétablissement|resolución|solución|mitigación|mitigación y resolución|acciones tomadas|resolução
            |solução|mitigação|mitigação e resolução|correção|ações tomadas|対応|緩和|復旧|解決|解決策|対処|修正
            |緩和と解決|対応内容|修复|解决|解决方案|恢复|缓解|处置|修复方案|修复措施|缓解与解决|الحل|المعالجة
            |التخفيف|الإصلاح|التخفيف والحل|recovery process|recovery steps|resolution process|remediation steps
            |short term fix|fix applied|what we did|how it was resolved|how was it resolved|how did we fix it
            |workaround|workarounds|wie es behoben wurde|correctif|mesures prises|corrección|recuperación
            |recuperação|correções|復旧対応|応急対応|暫定対応|应急处理|恢复过程|解决过程|解决办法
        """,
        "lessons": """
            lessons learned|lessons learnt|lessons|learnings|what we learned|what did we learn|key learnings
            |takeaways|key takeaways|reflections|retrospective|erkenntnisse|lehren|gewonnene erkenntnisse
            |lessons learned erkenntnisse|leçons apprises|enseignements|leçons|leçons tirées|enseignements tirés
            |lecciones aprendidas|lecciones|aprendizajes|lições aprendidas|lições|aprendizados|教訓|学び
            |得られた教訓|学んだこと|经验教训|经验|教训|反思|الدروس المستفادة|الدروس|извлечённые уроки
            |lesson learned|lesson|lessons captured|what have we learned|what did we learn from this|learning
            |was wir gelernt haben|qué aprendimos|o que aprendemos|ce que nous avons appris|気づき|反省点|总结与反思
            |经验总结
        """,
        "well": """
            what went well|went well|what went right|things that went well|what worked|what worked well|the good
            |was lief gut|was gut lief|ce qui a bien fonctionné|ce qui s est bien passé|lo que funcionó bien
            |qué salió bien|lo que salió bien|qué funcionó|o que deu certo|o que foi bem|o que funcionou
            |うまくいったこと|良かったこと|良かった点|做得好的|做得好的地方|进展顺利|顺利之处|ما سار على ما يرام
            |ما نجح|what went good|what did we do well|positives|lo que funcionó|qué funcionó bien|ce qui a marché
            |o que correu bem|よかったこと
        """,
        "wrong": """
            what went wrong|what went poorly|went wrong|went poorly|what didn t go well|what did not go well
            |what didn t go so well|what went badly|what could have gone better|what could be improved
            |things that went poorly|things that went wrong|what could we have done better|what went less well
            |what didn t work|areas for improvement|was lief schlecht|was schlecht lief|was nicht gut lief
            |ce qui n a pas fonctionné|ce qui s est mal passé|lo que falló|qué salió mal|lo que salió mal
            |o que deu errado|o que foi mal|うまくいかなかったこと|悪かったこと|改善が必要なこと|改善点|做得不好的
            |做得不好的地方|需要改进|不足之处|ما لم يسر على ما يرام|ما فشل|what failed|what went bad
            |what did not work|what we could have done better|what can be improved|negatives|challenges|qué falló
            |lo que no funcionó|lo que cambiaríamos la próxima vez|o que não funcionou|o que correu mal
            |was haben wir schlecht gemacht
        """,
        "lucky": """
            where we got lucky|got lucky|what went luckily|where we were lucky|what was lucky|luck|lucky
            |wo wir glück hatten|glück|où nous avons eu de la chance|chance|dónde tuvimos suerte
            |donde tuvimos suerte|tuvimos suerte|onde tivemos sorte|sorte|運が良かったこと|幸運だったこと
            |幸運だった点|幸运之处|运气好的地方|أين حالفنا الحظ|حيث حالفنا الحظ
        """,
        "actions": """
            action items|action item|actions|follow up actions|followup actions|follow up|follow ups|followups
            |next steps|preventive measures|preventative measures|corrective actions
            |corrective and preventative measures|corrective and preventive measures
            |corrective and preventative measure|remediation and prevention|remediation|prevention|future actions
            |corrective actions with owners|preventive actions|todo|to do|tasks|improvements|recommendations
            |action plan|planned actions|remediation items|how do we prevent this|what we re doing about it
            |what are we doing about it|maßnahmen|aufgaben|nächste schritte|vorbeugende maßnahmen|vorbeugung
            |präventive maßnahmen|actions correctives|actions à mener|plan d action|mesures préventives
            |prochaines étapes|actions préventives|acciones|acciones preventivas|acciones correctivas|próximos pasos
            |tareas|medidas preventivas|plan de acción|ações|itens de ação|próximos passos|ações corretivas
            |ações preventivas|plano de ação|アクションアイテム|アクション|再発防止策|再発防止|今後の対応
            |次のステップ|予防策|行动项|改进措施|后续行动|预防|预防措施|后续措施|行动计划|待办|行动转化|الإجراءات
            |بنود العمل|الخطوات التالية|الإجراءات الوقائية|التدابير الوقائية|resulting action|resulting actions
            |action points|actions to take|remediations|remediation actions|preventing recurrence
            |prevention measures|measures|future work|future improvements|future prevention|follow up items
            |follow up work|follow up improvements|follow up tasks|long term solution|long term fix|long term fixes
            |corrective action|corrective measures|corrective and preventive actions|improvement actions
            |what we are doing about it|what will we do|what will we do to prevent this
            |how will we prevent this|how will we prevent it|was wir tun werden|gegenmaßnahmen zur vorbeugung
            |actions préventives et correctives|medidas|ações futuras|再発防止対策|恒久対策|恒久対応|今後の対策
            |改善策|改进项|整改措施|改进计划|后续改进|后续计划
        """,
        "conclusion": """
            conclusion|conclusions|closing|closing words|final thoughts|closing thoughts|wrap up|fazit
            |schlussfolgerung|schlusswort|conclusion générale|conclusión|conclusiones|conclusão|conclusões|結論
            |まとめ|おわりに|结论|结语|小结|الخلاصة|الخاتمة|خاتمة|вывод|closing remarks|final words|in conclusion
        """,
        "references": """
            references|links|see also|further reading|resources|related links|useful links|relevant links|quellen
            |verweise|références|liens|referencias|enlaces|referências|参考資料|参考|参考リンク|参考文献|参考资料
            |相关链接|链接|المراجع|مراجع|روابط|related documents|related docs|related documentation|related issues
            |related incidents|related postmortems|related post mortems|related resources|related files|reference
            |external links|further information|sources|weiterführende links|en savoir plus|documentos relacionados
            |enlaces relacionados|links relacionados|関連ドキュメント|関連資料|関連リソース|関連リンク|相关文档
            |相关资料|参考链接
        """,
        "attachments": """
            attachments|attached files|anhänge|anlagen|annexes|anexos|adjuntos|pièces jointes|添付|附件|المرفقات
        """,
        "account": """
            what happened|what happened and why|description|incident description|event description
            |description of the incident|description of the problem|problem|the problem|problem description
            |problem statement|issue|the issue|issue description|the incident|symptoms|symptom|was ist passiert
            |was geschah|beschreibung|problembeschreibung|symptome|que s est il passé|ce qui s est passé
            |description de l incident|le problème|symptômes|qué pasó|qué sucedió|qué ocurrió|descripción
            |descripción del incidente|descripción del problema|síntomas|o que aconteceu|descrição
            |descrição do incidente|descrição do problema|sintomas|何が起きたか|何が起こったか|何が起きたのか|事象
            |発生事象|障害内容|事象概要|发生了什么|问题描述|问题现象|现象|现象描述|故障现象|故障描述|问题|ماذا حدث
            |الوصف|وصف الحادث|وصف المشكلة
        """,
        "overview": """
            incident overview|overview|metadata|meta data|details|incident details|incident information
            |general information|stats|metrics|key facts|facts|at a glance|report details|überblick|übersicht
            |metadaten|eckdaten|aperçu|vue d ensemble|métadonnées|informations|informations générales|visión general
            |detalles|metadatos|métricas|información general|visão geral|detalhes|metadados|informações gerais
            |メタデータ|基本情報|インシデント概要|元数据|基本信息|事件信息|概览|事件概览|نظرة عامة
            |نظرة عامة على الحادث|معلومات الحادث|بيانات
        """,
    }
)

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d]")
_NUMBERING = re.compile(
    r"^(?:\d+(?:\.\d+)*[.)、:]?\s+|\d+[.)、]\s*|[一二三四五六七八九十]+[、.]\s*|[ivx]+[.)]\s+|#+\s*)"
)
_ANCHOR = re.compile(r"\{\{[^{}]*\}\}|\{#?[^}]*\}|<[^>]*>|!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_BRACKETS = re.compile(r"\([^)]*\)|（[^）]*）|\[[^\]]*\]|【[^】]*】")
_AND = re.compile(
    r"\s*(?:[&+]|\b(?:and|und|et|y|e)\b)\s*|(?<=[\u3040-\u9fff])[と及和与・](?=[\u3040-\u9fff])", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s+[-–—/|·]\s+|\s*[:：]\s+|\s+(?=\d)")


def plain(title: str) -> str:
    """Return a heading without markup, emoji, anchors and numbering, with its case and brackets."""
    return _NUMBERING.sub("", unmarked(title)).strip(" \t#:：_")


def unmarked(title: str) -> str:
    """Return a heading without markup, emoji and anchors; its numbers stay, as they may be of a date."""
    text = _ANCHOR.sub(_seen, title.replace("\\", ""))
    return _EMOJI.sub("", text).replace("*", "").replace("`", "").strip(" \t#:：_")


def _seen(match: re.Match[str]) -> str:
    """Return what is seen of an anchor, a tag or a link; placeholders look like the former and are seen whole."""
    return match[0] if match[0][0] in "{<" and find(match[0]) else match[1] or ""


_BY_TITLE = Lexicon(_TITLES)


OURS = (
    *("Incident Overview", "Executive Summary", "Incident Timeline", "Root Cause Analysis", "Trigger"),
    *("Contributing Factors", "Five Whys", "Detection Gap", "Impact", "Customers Affected", "Data Loss"),
    *("Mitigation and Resolution", "Lessons Learned", "What Went Well", "What Went Wrong", "Where We Got Lucky"),
    *("Preventive Measures", "Conclusion", "References", "Attachments"),
)
"""What `compose` calls the parts of a report."""


@lru_cache(maxsize=64)
def _titles_of_ours(_: Wording) -> Mapping[str, str]:
    return {key_of(text): _BY_TITLE.get(key_of(english)) for english in OURS for text in said(english)}


def section_of_ours(title: str) -> str:
    """Return the part of the record that a heading of a document of ours names, empty for one of an author's own."""
    return _titles_of_ours(wording()).get(key_of(title), "")


def section_of(title: str) -> str:
    """Return the part of the record that a heading names (`root_cause`, `lessons`), empty for one of an author's own.

    Brackets are tried as an alternative (`Chronology (Timeline)`), then what stands before a dash, colon or number, the
    parts around an `and`, the end of a title in a script without spaces, and at last a word with one letter wrong.
    """
    return _section_of(title, wording())


@lru_cache(maxsize=4096)
def _section_of(title: str, _: Wording) -> str:
    found = [meaning for words in _readings(title) if (meaning := _BY_TITLE.get(key_of(words)))]
    strong = next((meaning for meaning in found if meaning not in _WEAK), "")
    return strong or next(iter(found), "") or _by_end(title) or _BY_TITLE.near(key_of(plain(title)))


_WEAK = frozenset({"account", "overview"})
"""What titles mean that tell less than any other: `Description and root cause` tells the cause."""

_ENDS = (
    "timeline|时间线|时间轴|タイムライン|時系列", "root_cause|根本原因|根因|原因分析", "summary|摘要|サマリー",
    "impact|影响|影響|影響範囲|影响范围", "lessons|教訓|教训",
    "actions|改进措施|行动项|アクションアイテム|再発防止策|预防措施",
)  # fmt: skip
_LONGEST_WITH_END = 16
"""Characters of a title that only ends in a word of the tables; longer ones are sentences."""


def _by_end(title: str) -> str:
    """Return what a title means that ends in a word of a script without spaces: `用户与项目影响`."""
    text = plain(title)
    if text.isascii() or len(text) > _LONGEST_WITH_END:
        return ""
    for row in _ENDS:
        meaning, *words = row.split("|")
        if text.endswith(tuple(words)):
            return meaning
    return ""


def _readings(title: str) -> Iterable[str]:
    text = plain(title)
    yield text
    bare = _BRACKETS.sub("", text).strip(" :：")
    yield bare
    for inner in _BRACKETS.findall(text):
        yield inner[1:-1]
    yield re.split(r"[(（]", text, maxsplit=1)[0]
    yield _SEPARATOR.split(bare, maxsplit=1)[0]
    yield bare.split(" ", maxsplit=1)[0] if bare.lower().startswith("timeline") else ""
    if " / " in bare or "/" in bare:
        yield bare.split("/")[-1]
    yield bare.removeprefix("The ").removeprefix("the ")
    parts = _AND.split(bare)
    if len(parts) > 1:
        yield from parts
