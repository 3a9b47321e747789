"""What the parts of a report are called by those who write one, by language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "summary": """
            summary|executive summary|issue summary|incident summary|problem summary|tl dr|tldr|abstract|synopsis
            |in short|brief summary|short summary|high level summary|postmortem summary|zusammenfassung|kurzfassung
            |kurz zusammengefasst|resumen|resumen ejecutivo|resumen del incidente|résumé|résumé exécutif|synthèse
            |résumé de l incident|resumo|resumo executivo|sumário|sumário executivo|resumo do incidente|サマリー
            |サマリ|概要|要約|エグゼクティブサマリー|摘要|总结|概述|执行摘要|事件摘要|事故摘要|事件概述|事故概述|ملخص
            |الملخص|ملخص تنفيذي|الملخص التنفيذي|кратко|problem overview|事件概要|事故概要|kurzbeschreibung
            |résumé des faits|problema|resumen general|問題サマリー|问题摘要|ملخص الحادث|ملخص المشكلة|kurzüberblick
            |management summary|en bref|faits saillants|問題の概要|问题概述|故障概述|نبذة|نبذة عن الحادث
            |quick overview|high level overview|sumario|resumen breve|breve resumen|breve resumo|kurzfazit
            |auf einen blick
        """,
        "timeline": """
            timeline|time line|timeline of events|incident timeline|events timeline|event timeline|response timeline
            |chronology|key events|detailed timeline|timeline of the incident|timeline of incident|event log
            |incident log|sequence of events|outage timeline|zeitleiste|zeitverlauf|zeitlicher ablauf|ablauf
            |chronologie|verlauf|chronologie des événements|déroulement|chronologie de l incident|cronología
            |cronología del incidente|línea de tiempo|línea temporal|cronologia|linha do tempo|cronologia do incidente
            |タイムライン|時系列|経緯|経過|时间线|时间轴|时间表|事件时间线|事故时间线|处理过程|الجدول الزمني
            |التسلسل الزمني|تسلسل الأحداث|хронология|хронология инцидента|event history|history of events
            |incident chronology|log of events|ablauf der störung|chronologie des faits|cronología de eventos
            |línea de tiempo del incidente|linha do tempo do incidente|発生からの経緯|対応経緯|障害の経緯|事件经过
            |处理时间线|zeitachse|zeitstrahl|ereignisablauf|fil des événements|déroulé|déroulé des faits
            |frise chronologique|historique|secuencia de eventos|cronograma|sequência de eventos|histórico|発生経緯
            |対応履歴|事故经过|故障经过|经过|处理流程|时间经过|الخط الزمني|what happened when|what happened and when
            |chronological order of events|zeitlicher verlauf|chronologischer ablauf|timeline and response
            |journal des événements
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
            |产生原因|问题根源|问题根因|故障根因|直接的原因|تحليل السبب الجذر|الأسباب الجذرية|تحليل الأسباب
            |what was the root cause|what went wrong technically|origin|failure analysis|fehleranalyse
            |grundursachenanalyse|kernursache|kernursachen|warum ist das passiert|wie konnte das passieren
            |warum ist es passiert|analyse de la cause racine|analyse des causes racines|analyse de cause racine
            |origine|causes identifiées|cause identifiée|análisis de la causa raíz|análisis de causas
            |análisis de las causas|origen|análise da causa raiz|análise das causas|origem|por qué ocurrió
            |por qué pasó|por que aconteceu|pourquoi est ce arrivé|原因の分析|原因の特定|原因定位|原因说明|سبب|أسباب
            |السبب الرئيسي|السبب الأساسي|سبب المشكلة|underlying issue|underlying problem
        """,
        "trigger": """
            trigger|triggers|what triggered it|triggering event|auslöser|déclencheur|élément déclencheur
            |desencadenante|detonante|gatilho|desencadeador|トリガー|引き金|発生契機|触发|触发因素|触发条件|触发原因
            |المحفز|المسبب|what triggered the incident|evento desencadenante|evento disparador|きっかけ|الحدث المسبب
            |événement déclencheur|auslösendes ereignis
        """,
        "factors": """
            contributing factors|contributing factor|contributing causes|contributors|factors|aggravating factors
            |begünstigende faktoren|mitwirkende faktoren|facteurs contributifs|facteurs aggravants
            |factores contribuyentes|fatores contribuintes|寄与要因|要因|促成因素|影响因素|相关因素|العوامل المساهمة
            |facteurs ayant contribué|causas contribuyentes|causas contribuintes|contributory factors
            |contributing conditions|contributing issues|mitwirkende ursachen|beitragende faktoren
            |begünstigende umstände|facteurs contribuants|factores que contribuyeron|fatores que contribuíram|誘因
            |関連要因|背景要因
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
            |conséquences|impacts utilisateurs|影響|影響範囲|影响|影响范围|影响面|影响分析|التأثير|الأثر|الأثر والنطاق
            |service impact|impact on customers|impact to users|consequences|auswirkungen auf nutzer|impact client
            |impact sur les utilisateurs|impacto en usuarios|impacto en los usuarios|impacto nos clientes
            |impacto no usuário|ユーザー影響|ユーザーへの影響|影響と範囲|用户影响|业务影响|影响评估|impact analyse
            |impactanalyse|auswirkungsanalyse|análisis de impacto|análise de impacto|analyse d impact
            |customer impact assessment|blast radius|damage|damages|user facing impact|betroffene systeme und nutzer
            |kundenauswirkung|kundenauswirkungen|schaden|schäden|umfang|périmètre d impact|périmètre|services impactés
            |utilisateurs impactés|alcance|abrangência|影響を受けた範囲|影響内容|影響の範囲|影响内容|نطاق التأثير
            |نطاق الضرر|التأثير على العملاء|التأثير على المستخدمين|business and customer impact
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
            |gegenmaßnahmen|sofortmaßnahmen|résolution|correction|atténuation|atténuation et résolution|rétablissement
            |resolución|solución|mitigación|mitigación y resolución|acciones tomadas|resolução|solução|mitigação
            |mitigação e resolução|correção|ações tomadas|対応|緩和|復旧|解決|解決策|対処|修正|緩和と解決|対応内容
            |修复|解决|解决方案|恢复|缓解|处置|修复方案|修复措施|缓解与解决|الحل|المعالجة|التخفيف|الإصلاح
            |التخفيف والحل|recovery process|recovery steps|resolution process|remediation steps|short term fix
            |fix applied|what we did|how it was resolved|how was it resolved|how did we fix it|workaround|workarounds
            |wie es behoben wurde|correctif|mesures prises|corrección|recuperación|recuperação|correções|復旧対応
            |応急対応|暫定対応|应急处理|恢复过程|解决过程|解决办法|fixes|action taken|the solution|lösungen
            |umgesetzte lösung|behebungsmaßnahmen|remédiation|stratégie de remédiation|cómo se resolvió
            |cómo se solucionó|cómo se contuvo|como foi resolvido|comment l incident a été résolu|是正|是正措置
            |是正対応|対処内容|修正内容|解決方法|临时解决方案|الإجراءات المتخذة|الحلول|الاستعادة|steps taken
            |actions taken during the incident|immediate actions taken|remediation steps taken
            |remediation actions taken|recovery actions|workaround applied|durchgeführte maßnahmen
            |getroffene maßnahmen|ergriffene maßnahmen|fehlerbehebung|problemlösung|mesures correctives immédiates
            |actions réalisées|actions menées|actions immédiates|remise en service|retour à la normale|medidas tomadas
            |medidas adoptadas|acciones realizadas|acciones inmediatas|ações realizadas|ações imediatas
            |medidas adotadas|対応策|実施した対応|復旧作業|対処方法|修正方法|解決手順|復旧手順|处理措施|解决措施
            |修复过程|处理方案|应急措施|恢复措施|解决方法|解决步骤|خطوات الحل|خطوات المعالجة|الاستجابة|mitigations
            |remedy|immediate response|how it was mitigated|containment|contención|contenção|eindämmung|confinement
            |封じ込め|遏制措施|الاحتواء|recovery applied
            |mesures appliquées|medidas aplicadas|umgesetzte maßnahmen|应对措施
        """,
        "lessons": """
            lessons learned|lessons learnt|lessons|learnings|what we learned|what did we learn|key learnings|takeaways
            |key takeaways|reflections|retrospective|erkenntnisse|lehren|gewonnene erkenntnisse
            |lessons learned erkenntnisse|leçons apprises|enseignements|leçons|leçons tirées|enseignements tirés
            |lecciones aprendidas|lecciones|aprendizajes|lições aprendidas|lições|aprendizados|教訓|学び|得られた教訓
            |学んだこと|经验教训|经验|教训|反思|الدروس المستفادة|الدروس|извлечённые уроки|lesson learned|lesson
            |lessons captured|what have we learned|what did we learn from this|learning|was wir gelernt haben
            |qué aprendimos|o que aprendemos|ce que nous avons appris|気づき|反省点|总结与反思|经验总结|ふりかえり
            |振り返り|复盘总结|lessons we learned|lehren aus dem vorfall|ما تعلمناه|key lessons|what we ve learned
            |what we have learned|gelernte lektionen|was haben wir gelernt|gelerntes|retour d expérience
            |qué hemos aprendido|o que aprendemos com isso|反省|得られた知見|知見|教训总结|收获|复盘反思|反思总结
            |العبر المستفادة
            |lección aprendida|lição aprendida|leçon apprise|lehre
        """,
        "well": """
            what went well|went well|what went right|things that went well|what worked|what worked well|the good
            |was lief gut|was gut lief|ce qui a bien fonctionné|ce qui s est bien passé|lo que funcionó bien
            |qué salió bien|lo que salió bien|qué funcionó|o que deu certo|o que foi bem|o que funcionou
            |うまくいったこと|良かったこと|良かった点|做得好的|做得好的地方|进展顺利|顺利之处|ما سار على ما يرام
            |ما نجح|what went good|what did we do well|positives|lo que funcionó|qué funcionó bien|ce qui a marché
            |o que correu bem|よかったこと|positive aspects|was gut gelaufen ist|was hat gut funktioniert
            |was gut funktioniert hat|ce qui a bien marché|points positifs|points forts|lo que hicimos bien
            |lo que fue bien|qué fue bien|puntos positivos|pontos positivos|o que funcionou bem|良かったところ
            |うまくいった点|上手くいったこと|亮点|做得好的方面|ما الذي سار بشكل جيد|ما سار بشكل جيد|ما الذي نجح
            |what we did right|what we did well|strengths|things that worked
        """,
        "wrong": """
            what went wrong|what went poorly|went wrong|went poorly|what didn t go well|what did not go well
            |what didn t go so well|what went badly|what could have gone better|what could be improved
            |things that went poorly|things that went wrong|what could we have done better|what went less well
            |what didn t work|areas for improvement|was lief schlecht|was schlecht lief|was nicht gut lief
            |ce qui n a pas fonctionné|ce qui s est mal passé|lo que falló|qué salió mal|lo que salió mal
            |o que deu errado|o que foi mal|うまくいかなかったこと|悪かったこと|改善が必要なこと|改善点|做得不好的
            |做得不好的地方|需要改进|不足之处|ما لم يسر على ما يرام|ما فشل|what failed|what went bad|what did not work
            |what we could have done better|what can be improved|negatives|challenges|qué falló|lo que no funcionó
            |lo que cambiaríamos la próxima vez|o que não funcionou|o que correu mal|was haben wir schlecht gemacht
            |what could be better|what could have been better|areas of improvement|what needs improvement
            |opportunities for improvement|was ist schlecht gelaufen|was schlecht gelaufen ist
            |was hat nicht funktioniert|was nicht funktioniert hat|verbesserungspotenzial|verbesserungspotential
            |was schiefging|was lief nicht gut|was können wir verbessern|was könnten wir verbessern
            |ce qui a mal marché|ce qui peut être amélioré|points négatifs|points d amélioration|points à améliorer
            |axes d amélioration|lo que no salió bien|lo que fue mal|qué se puede mejorar|puntos de mejora
            |áreas de mejora|oportunidades de mejora|puntos negativos|pontos negativos|pontos de melhoria
            |oportunidades de melhoria|o que pode melhorar|o que pode ser melhorado|悪かったところ
            |うまくいかなかった点|まずかったこと|改善すべき点|待改进之处|待改进的地方|做得不好的方面
            |ما لم يسر بشكل جيد|ما الذي لم ينجح|ما يحتاج إلى تحسين|what we did wrong|weaknesses
            |things that did not work|what was hard
        """,
        "lucky": """
            where we got lucky|got lucky|what went luckily|where we were lucky|what was lucky|luck|lucky
            |wo wir glück hatten|glück|où nous avons eu de la chance|chance|dónde tuvimos suerte|donde tuvimos suerte
            |tuvimos suerte|onde tivemos sorte|sorte|運が良かったこと|幸運だったこと|幸運だった点|幸运之处
            |运气好的地方|أين حالفنا الحظ|حيث حالفنا الحظ|where did we get lucky|how we got lucky
            |what we got lucky with|wo hatten wir glück|wo wir glück gehabt haben|où avons nous eu de la chance
            |là où nous avons eu de la chance|ラッキーだったこと|运气成分|侥幸之处
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
            |ações preventivas|plano de ação|アクションアイテム|アクション|再発防止策|再発防止|今後の対応|次のステップ
            |予防策|行动项|改进措施|后续行动|预防|预防措施|后续措施|行动计划|待办|行动转化|الإجراءات|بنود العمل
            |الخطوات التالية|الإجراءات الوقائية|التدابير الوقائية|resulting action|resulting actions|action points
            |actions to take|remediations|remediation actions|preventing recurrence|prevention measures|measures
            |future work|future improvements|future prevention|follow up items|follow up work|follow up improvements
            |follow up tasks|long term solution|long term fix|long term fixes|corrective action|corrective measures
            |corrective and preventive actions|improvement actions|what we are doing about it|what will we do
            |was wir tun werden|gegenmaßnahmen zur vorbeugung|actions préventives et correctives|medidas|ações futuras
            |再発防止対策|恒久対策|恒久対応|今後の対策|改善策|改进项|整改措施|改进计划|后续改进|后续计划|prévention
            |prevención|prevenção|prävention|empfehlungen|handlungsempfehlungen|recommandations|recomendaciones
            |recomendações|cómo prevenirlo|cómo evitarlo|cómo prevenir|como evitar|como prevenir|comment l éviter|対策
            |再発防止の取り組み|防止措施|改进建议|整改|الوقاية|منع التكرار|ضمان عدم التكرار|التوصيات|إجراءات وقائية
            |follow up action items|preventive actions taken|preventing a recurrence|future prevention measures
            |remediation plan|improvement plan|prevention plan|next actions|how will we prevent this
            |what will we do to prevent this|how will we prevent it|how can we prevent this
            |how do we prevent this from happening again
            |what will we do to prevent this in future|preventing this in the future|folgemaßnahmen
            |präventionsmaßnahmen|vorbeugemaßnahmen|maßnahmen zur vermeidung|verbesserungsmaßnahmen|offene punkte
            |to dos|todos|korrekturmaßnahmen|maßnahmenplan|wie verhindern wir das in zukunft|actions de suivi
            |actions à venir|mesures de prévention|mesures correctives|plan d actions|actions d amélioration
            |prochaines actions|suites à donner|acciones de seguimiento|acciones a tomar|medidas de prevención
            |medidas correctivas|plan de mejora|acciones de mejora|próximas acciones|ações de acompanhamento
            |medidas de prevenção|medidas corretivas|plano de melhoria|ações de melhoria|próximas ações
            |itens de acompanhamento|ações de prevenção|改善アクション|今後のアクション|今後の改善|今後の予定|対応予定
            |予防措置|改进行动|改进方案|整改计划|预防方案|防范措施|优化措施|优化方案|待办事项|后续工作|خطة العمل
            |الإجراءات التصحيحية|الإجراءات المستقبلية|خطوات الوقاية|إجراءات المتابعة|التحسينات المقترحة|التحسينات
            |próximo paso|próximo passo|nächster schritt|next step|prochaine étape|empfohlene maßnahmen
            |empfohlene sofortmaßnahmen
        """,
        "conclusion": """
            conclusion|conclusions|closing|closing words|final thoughts|closing thoughts|wrap up|fazit
            |schlussfolgerung|schlusswort|conclusion générale|conclusión|conclusiones|conclusão|conclusões|結論|まとめ
            |おわりに|结论|结语|小结|الخلاصة|الخاتمة|خاتمة|вывод|closing remarks|final words|in conclusion
            |final remarks|remarks|closing note|closing notes|schlussbemerkung|schlussbemerkungen|considerações finais
            |consideraciones finales|総括|结束语|总结语|الاستنتاج|الاستنتاجات|mot de la fin
        """,
        "references": """
            references|links|see also|further reading|resources|related links|useful links|relevant links|quellen
            |verweise|références|liens|referencias|enlaces|referências|参考資料|参考|参考リンク|参考文献|参考资料
            |相关链接|链接|المراجع|مراجع|روابط|related documents|related docs|related documentation|related issues
            |related incidents|related postmortems|related post mortems|related resources|related files|reference
            |external links|further information|sources|weiterführende links|en savoir plus|documentos relacionados
            |enlaces relacionados|links relacionados|関連ドキュメント|関連資料|関連リソース|関連リンク|相关文档
            |相关资料|参考链接|関連|相关|related|see more|verwandte dokumente|documents liés|appendix links
            |useful resources|quellenangaben|weitere links|nützliche links|liens utiles|ressources|enlaces de interés
            |enlaces útiles|recursos|links úteis|materiais de referência|関連情報|参照|リンク集|リンク|参考文档
            |相关资源|روابط مفيدة|مراجع إضافية|related material
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
            |الوصف|وصف الحادث|وصف المشكلة|what broke|vorfallbeschreibung|was ist geschehen|was war los
            |何が起こったのか|ما الذي حدث|ماذا جرى|qué fue lo que pasó|problème
            |事件描述|問題の内容|発生した内容
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
"""Titles of sections, with `|` between them, under the part that they name; the first part of a title counts."""
