"""Japanese phrases of events, rumour and opinion, read without blanks."""

from typing import Final

EVENTS: Final = """
= insolvency G3 / the equity is impaired
破産|民事再生|会社更生|経営破綻|債務超過|自己破産|破綻 / 部品大手が民事再生を申請 / 部品大手が申請
債務不履行|デフォルト / 不動産大手が債務不履行 / 不動産大手
= restatement G3 / accounts are unreliable
不適切会計|粉飾|不正会計|決算訂正|過年度決算|有価証券報告書 ~6 訂正|提出延期|虚偽|遅延|を|に|が|で|の|、|. / 電機大手で不正会計が発覚 / 電機大手
= auditor changes G3 / auditors rarely leave by themselves
監査法人 ~8 辞任|交代|意見不表明|不適正 / 監査法人が辞任 / 監査法人が成長
= listing left G3 / the listing goes
上場廃止|非公開化|監理銘柄|mbo / 食品大手が上場廃止へ / 食品大手が上場
= litigation G3 / a state goes after the company
逮捕|起訴|書類送検|家宅捜索|強制捜査|贈賄 / 社長を逮捕 / 社長を表彰
= guidance lowered G3 / the company takes back what it had promised
下方修正|減益予想|赤字転落|赤字見通し|最終赤字に|無配転落|業績予想を取り下げ / 自動車大手が下方修正 / 自動車大手が修正
予想|見通し|業績予想|目標 ~8 引き下げ|下方|撤回|取り下げ|未定に -- 目標株価|アナリスト|成長率|日銀 / 通期予想を引き下げ / 通期予想
一転 ~8 赤字|減益|最終赤字 / 一転赤字に / 一転
= chief leaves G3 / the people who set the course change
社長|ceo|cfo|最高経営責任者|最高財務責任者|会長兼ceo ~10 辞任|退任|解任|引責|辞職|交代|更迭 -- 元社長|子会社 / 自動車大手の社長が辞任 / 社長が訪問
辞任|退任|解任 ~6 社長|ceo|cfo / 退任する社長 / 退任
= chief comes G3 / the people who set the course change
新社長|次期社長|社長交代|新ceo|次期ceo|トップ交代|社長に ~10 昇格|就任|氏|内定|へ|. / 新社長に山田氏 / 社長室
社長|ceo|cfo ~6 就任|昇格|内定 -- 子会社 / 山田副社長が社長に昇格 / 社長
= deal called off G3 / who owns what will not change after all
買収|統合|合併|売却|tob ~8 断念|撤回|中止|破談|打ち切り|不成立|阻止|白紙 / 経営統合を断念 / 統合
= bid received G3 / who owns the company may change
tob|株式公開買い付け|公開買付|買収提案|敵対的買収|買収防衛 / 投資会社がTOBを実施 / 投資会社
= deal agreed G3 / who owns what changes
経営統合|合併|完全子会社化|統合で合意 -- 市町村|自治体|検討|協議 / 両社が経営統合 / 両社
= deal agreed G2 / a part of a business changes hands
買収|子会社化|事業譲渡|売却|株式取得|出資|資本提携|合弁|分社化|スピンオフ|新規上場 / 電機大手が米社を買収 / 電機大手
= dividend cut G3 / the board no longer trusts its cash
減配|無配|配当見送り / 鉄鋼大手が減配 / 鉄鋼大手
= product failed G3 / a product that the price had counted on is gone
治験|臨床試験|新薬 ~8 失敗|中止|断念|未達 / 新薬の治験を中止 / 新薬
= change of control G3 / who decides changes
国有化|公的資金|産業再生 / 電力を国有化 / 電力
= cyber incident G2 / systems or data are lost
サイバー攻撃|不正アクセス|情報漏洩|情報流出|個人情報|ランサム / 物流大手にサイバー攻撃 / 物流大手
= recall G2 / a product comes back
リコール|自主回収|回収 / 自動車大手がリコール / 自動車大手
= impairment G2 / assets are worth less than the accounts said
減損|特別損失|評価損|特損 / 商社が減損を計上 / 商社
= results G2 / accounts of a period
純利益|営業利益|経常利益|最終利益|売上高|増収|減収|増益|減益|黒字|赤字|決算|最高益|四半期|通期|中間期 -- 決算発表を控え|貿易|経常収支 / 営業利益3割増 / 営業
= guidance raised G2 / what the company expects has become more
上方修正|上振れ|予想を引き上げ / 電機大手が上方修正 / 電機大手
= guidance G2 / what the company expects
見通し|業績予想|中期経営計画|中計 / 今期見通しを据え置き / 今期
= dividend G2 / cash to the holders
増配|配当|復配|株式分割|株主還元 / 銀行が増配 / 銀行
= buyback G2 / cash to the holders
自社株買い|自己株式 / 自動車大手が自社株買い / 自動車大手
= litigation G2 / a court decides
提訴|訴訟|判決|地裁|高裁|最高裁|和解|賠償|特許侵害 / 電機大手が提訴 / 電機大手
= regulator acts G2 / a regulator acts
課徴金|公取委|公正取引委員会|業務改善命令|行政処分|金融庁|立ち入り|排除措置|独禁法|制裁金|国税|関税|不正 / 公取委が立ち入り検査 / 検査
承認|認可|薬事 / 新薬が承認取得 / 新薬
= restructuring G2 / costs and people
人員削減|希望退職|早期退職|リストラ|工場閉鎖|閉鎖|撤退|構造改革|ストライキ|スト突入 / 電機大手が人員削減 / 電機大手
= contract won G2 / business won
受注|契約|提携|協業|連携|共同開発|供給 / 重工が受注 / 重工
= capital raised G2 / money raised
公募増資|増資|社債|転換社債|資金調達|新株 / 電力が公募増資 / 電力
= debt G2 / the price of money
格下げ|格上げ|格付け -- アナリスト|投資判断|証券 / ムーディーズが格下げ / ムーディーズ
= accident G2 / work stands still or people are hurt
爆発|火災|事故|停止|操業停止|稼働停止|システム障害|障害|欠航|死亡 / 工場で爆発 / 工場
= large holding G2 / who holds the company
大量保有|筆頭株主|物言う株主|アクティビスト|株主提案|株主総会 / 物言う株主が提案 / 提案
= officer changes G2 / people at the top
会長|副社長|取締役|役員人事|人事 / 会長に山田氏 / 山田氏
= agreement G2 / money put to work
投資|新工場|設備投資|億円|兆円 / 米国に新工場 / 米国
= product G1 / the business goes on
発売|発表|公開|開始|開業|出店 / 新型車を発売 / 新型車
= price G1 / a price is no fact about the business
株価|続伸|続落|反発|反落|急騰|急落|ストップ高|ストップ安|年初来 / 株価が急落 / 株
"""

SOURCING: Final = """
= rumour, Japanese / a rumour has no author
関係者|報道|と報じ|との観測|観測|噂|うわさ|思惑|取り沙汰|消息筋|一部報道|か=|か―|明らかになった|わかった / 電機大手が売却検討、関係者 / 電機大手
検討|模索|調整|最終調整|協議|交渉|方針固め|方向で|打診|視野 -- 検討委|第三者|労使|春闘|中止|打ち切り / 事業売却を検討 / 事業売却
"""

OPINION: Final = """
= rating, Japanese / a rating is an opinion in any language
目標株価|投資判断|レーティング|格上げ|格下げ|アナリスト|買い推奨|強気|弱気|新規買い|証券が|買い継続|オーバーウエート|アウトパフォーム|中立 -- ムーディーズ|s&p|フィッチ|格付投資|社債 / \
証券会社が目標株価を引き上げ / 証券会社
= advice, Japanese / advice, not an event
買いか|売りか|でしょうか|べきか / 株は買いか / 株を買う
なぜ|理由|どうなる|注目|狙い目|おすすめ|銘柄|割安|割高|とは|するべき|買い時|見どころ|まとめ|分析|解説|予想外|コラム|社説|インタビュー|見方|焦点|？|展望|の行方|いくら|何が / \
なぜ株価は下がるのか / 株価が下がる
日経平均|前場|後場|寄り付き|東証株価|今日の株式|話題株|ランキング|決算発表を控え|市況|概況|東京株 / 日経平均は反発 / 平均
"""
