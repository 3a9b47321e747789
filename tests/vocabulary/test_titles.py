"""What people call the parts of a report, in eight languages, and which of these names are known."""

from __future__ import annotations

import pytest

from afterword.vocabulary.titles import section_of

NAMES = {
    "summary": """
        Executive summary (TL;DR)|High-level overview|Quick summary|Summary of the incident
        |Zusammenfassung des Vorfalls|Kurzüberblick|Management Summary|Synthèse de l'incident
        |Résumé de la panne|En bref|Resumen de la incidencia|Resumen del problema|Resumo do problema
        |Resumo da ocorrência|概要（サマリー）|障害概要|問題の概要|故障概述|事件总结|问题概述|نبذة عن الحادث
        |ملخص المشكلة|الملخص التنفيذي
    """,
    "timeline": """
        Incident Timeline (UTC)|Detailed Timeline of Events|Timeline of the outage|Timeline and response
        |Event timeline (CET)|Chronology of events|What happened and when|Sequence of events
        |Verlauf des Vorfalls|Zeitlicher Verlauf|Ablauf des Vorfalls|Zeitachse|Zeitstrahl
        |Chronologischer Ablauf|Ereignisablauf|Fil des événements|Déroulé de l'incident|Déroulé des faits
        |Frise chronologique|Historique de l'incident|Cronología de los hechos|Cronología de la incidencia
        |Secuencia de eventos|Cronograma|Cronologia dos eventos|Linha do tempo dos eventos
        |Sequência de eventos|Histórico|対応の時系列|障害発生からの時系列|時系列での経過|発生経緯|対応履歴
        |事故时间轴|故障时间线|事件时间线（北京时间）|处理时间轴|事故经过|故障经过|处理流程|الخط الزمني
        |التسلسل الزمني للأحداث|الجدول الزمني للحادثة|تسلسل الأحداث
    """,
    "root_cause": """
        Root-cause analysis (RCA)|Root Cause(s)|What was the root cause?|Cause of the incident
        |What went wrong technically|Why did it happen?|Origin of the problem|Failure analysis
        |Ursache des Vorfalls|Ursache der Störung|Fehleranalyse|Grundursachenanalyse|Kernursache
        |Hauptursachen|Warum ist das passiert?|Cause de l'incident|Cause du problème
        |Analyse de la cause racine|Analyse des causes racines|Origine du problème|Origine de la panne
        |Causes identifiées|Causa del incidente|Causa raíz del problema|Análisis de la causa raíz
        |Análisis de causas|Origen del problema|Causa do incidente|Causa raiz do problema
        |Análise da causa raiz|Origem do problema|原因の分析|根本原因の特定|原因（根本原因）|障害の原因
        |発生した原因|故障根因|根本原因分析（RCA）|问题原因分析|原因定位|事故原因分析|سبب المشكلة|سبب الحادث
        |أسباب الحادث|السبب الرئيسي|تحليل السبب الجذري
    """,
    "factors": """
        Contributing factors and conditions|Contributory factors|Contributing conditions
        |Mitwirkende Ursachen|Beitragende Faktoren|Begünstigende Umstände|Facteurs contributifs
        |Facteurs contribuants|Factores que contribuyeron|Factores contribuyentes|Fatores que contribuíram
        |Fatores contribuintes|誘因|関連要因|العوامل المساهمة
    """,
    "trigger": """
        Trigger of the incident|What triggered the incident|Auslöser des Vorfalls|Élément déclencheur
        |Evento desencadenante|Evento disparador|きっかけ|触发条件|الحدث المسبب
    """,
    "impact": """
        Impact on customers|Customer impact assessment|Business and customer impact|Blast radius
        |Scope and impact|Who was affected?|Damage|User-facing impact|Auswirkungen auf Kunden
        |Kundenauswirkung|Auswirkungen und Umfang|Schaden|Impact sur les clients|Impact métier
        |Périmètre d'impact|Services impactés|Impacto en los clientes|Impacto en el negocio
        |Impacto nos usuários|Impacto para os clientes|Alcance|Abrangência|影響を受けた範囲|影響内容
        |ユーザへの影響|影响评估|影响范围和程度|业务影响面|受影响范围|نطاق التأثير|الأثر على المستخدمين
        |التأثير على العملاء
    """,
    "resolution": """
        Resolution & Recovery|Fix and verification|How we fixed it|Steps taken|Immediate actions taken
        |Remediation steps taken|Response and mitigation|Recovery actions|Workaround applied
        |Mitigation / Resolution|Behebung der Störung|Lösung des Problems|Durchgeführte Maßnahmen
        |Getroffene Maßnahmen|Sofortmaßnahme|Fehlerbehebung|Problemlösung|Résolution de l'incident
        |Résolution du problème|Mesures correctives immédiates|Actions réalisées|Remise en service
        |Retour à la normale|Resolución del incidente|Solución aplicada|Medidas tomadas|Acciones realizadas
        |Solução aplicada|Resolução do incidente|Ações realizadas|対応策|実施した対応|復旧作業|対処方法
        |修正方法|解決手順|处理措施|解决措施|修复过程|处理方案|应急措施|恢复措施|خطوات الحل
        |الإجراءات المتخذة|الحل المطبق|المعالجة
    """,
    "lessons": """
        Lessons learnt & takeaways|Key lessons|What we've learned|Learnings & improvements|Reflection
        |Gelernte Lektionen|Was haben wir gelernt?|Gelerntes|Enseignements et leçons
        |Ce que nous avons appris|Retour d'expérience|Lecciones y aprendizajes|Qué hemos aprendido
        |Aprendizado|Lições e aprendizados|O que aprendemos com isso|学んだこと・教訓|反省|得られた知見
        |经验与教训|教训总结|收获|复盘反思|الدروس والعبر|ما تعلمناه
    """,
    "well": """
        What went well?|✅ What went well|What worked well|Positive aspects|Was gut gelaufen ist
        |Was hat gut funktioniert|Positives|Ce qui a bien marché|Points positifs|Lo que salió bien
        |Qué funcionó bien|Lo que hicimos bien|Pontos positivos|O que funcionou bem|良かったところ
        |うまくいった点|做得好的方面|亮点|ما الذي سار بشكل جيد
    """,
    "wrong": """
        What didn't go well?|What went wrong?|What could be better|Areas of improvement
        |What needs improvement|Was ist schlecht gelaufen|Was hat nicht funktioniert|Verbesserungspotenzial
        |Was schiefging|Ce qui a mal marché|Points négatifs|Points d'amélioration|Axes d'amélioration
        |Lo que no salió bien|Qué se puede mejorar|Puntos de mejora|Oportunidades de mejora|Pontos negativos
        |Pontos de melhoria|O que pode melhorar|悪かったところ|うまくいかなかった点|改善すべき点|待改进之处
        |需要改进的地方|ما لم يسر بشكل جيد
    """,
    "lucky": """
        Where did we get lucky?|How we got lucky|Wo hatten wir Glück|Où avons-nous eu de la chance
        |Dónde tuvimos suerte|Onde tivemos sorte|ラッキーだったこと
    """,
    "actions": """
        Action Items & Owners|Follow-up action items|Followup tasks|Preventive actions taken|Prevention plan
        |Preventing a recurrence|Future prevention measures|Corrective Actions and Follow-up
        |Remediation plan|Improvement plan|Next actions|Long-term fixes|How will we prevent this?
        |What will we do to prevent this in future?|Folgemaßnahmen|Präventionsmaßnahmen|Vorbeugemaßnahmen
        |Maßnahmen zur Vermeidung|Verbesserungsmaßnahmen|Offene Punkte|To-dos|Korrekturmaßnahmen
        |Actions de suivi|Actions à venir|Mesures de prévention|Plan d'actions|Actions d'amélioration
        |Prochaines actions|Acciones de seguimiento|Acciones a tomar|Medidas de prevención|Plan de mejora
        |Acciones de mejora|Próximas acciones|Ações de acompanhamento|Medidas de prevenção|Plano de melhoria
        |Ações de melhoria|Próximas ações|Itens de acompanhamento|再発防止に向けて|再発防止のための対策
        |改善アクション|今後のアクション|今後の改善|対応予定|予防措置|改进行动|后续改进措施|后续计划
        |整改计划|预防方案|防范措施|改进方案|优化措施|待办事项|خطة العمل|الإجراءات التصحيحية
        |الإجراءات المستقبلية|خطوات الوقاية|التحسينات المقترحة
    """,
    "conclusion": """
        Conclusion and outlook|Final remarks|Closing note|Schlussbemerkung|Fazit und Ausblick
        |Conclusion générale|Conclusiones finales|Considerações finais|Conclusão final|おわりに|総括
        |结论与建议|结束语|الاستنتاج|الخاتمة والتوصيات
    """,
    "references": """
        Related links|Further reading and references|Useful resources|Appendix: links|Related documentation
        |Quellenangaben|Weitere Links|Références et liens|Liens utiles|Ressources|Enlaces de interés
        |Recursos|Links úteis|Materiais de referência|関連情報|参照|リンク集|参考文档|参考链接|相关资源
        |روابط مفيدة|مراجع إضافية
    """,
    "account": """
        What happened|What broke|Incident description|Beschreibung des Vorfalls|Vorfallbeschreibung
        |Was ist geschehen?|Description de la panne|Que s'est-il passé ?|Qué pasó|¿Qué ocurrió?
        |Descripción de la incidencia|O que aconteceu?|何が起こったのか|障害の内容|発生した事象|故障描述
        |事件描述|发生了什么？|ما الذي حدث؟|وصف المشكلة
    """,
}
"""Titles with `|` between them, under the part that they name."""


@pytest.mark.parametrize("part", NAMES)
def test_parts_are_known_by_the_names_that_people_give_them(part: str) -> None:
    """Complements, adjectives and words for the incident itself make no difference, in any of the languages."""
    titles = [title.strip() for title in NAMES[part].replace("\n", "").split("|")]
    assert {title: section_of(title) for title in titles} == dict.fromkeys(titles, part)


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Impact on partners", "impact"),
        ("Solution appliquée", "resolution"),
        ("Causa raíz confirmada", "root_cause"),
        ("修复方案实施", "resolution"),
        ("再発防止アクション", "actions"),
        ("How the impact of a change on the fleet is measured in general", ""),
        ("Technical description", ""),
        ("Linea de tiempo", "timeline"),
        ("Acoes corretivas", "actions"),
        ("Empfohlene Sofortmassnahmen", "actions"),
        ("Loesung", "resolution"),
        ("Root cause A — the decision was made elsewhere by chance", "root_cause"),
        ("Fixture files", ""),
        ("原因不明なままの状態で残っている三つの問題について", ""),
        ("Related work in other teams", ""),
    ],
)
def test_a_title_may_go_on_behind_the_name_of_a_part(title: str, part: str) -> None:
    """A short title that begins with the name of a part names it; sentences and other words do not."""
    assert section_of(title) == part
