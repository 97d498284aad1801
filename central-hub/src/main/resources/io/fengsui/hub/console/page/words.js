'use strict';
// Words of the page in both languages, and how times and ages are written. What comes from the hub brings its own names.

const WORDS = {
  zh: {
    brand: '烽燧 · 指挥台', edgesOnline: '边缘盒在线', camerasUp: '摄像机正常', camerasBlind: n => n + ' 路暂停识别', clockOff: s => '时钟' + (s > 0 ? '快 ' : '慢 ') + Math.abs(s).toFixed(0) + ' 秒', severity: '级别', ticket: '工单', place: '地点',
    state: '状态', age: '时长', all: '全部', open: '处理中', critical: '紧急', major: '重要', minor: '次要', warning: '警告', info: '提示',
    live: '实时', connecting: '连接中', lost: '已断开,正在重连', language: 'English', pickOne: '选择一张工单查看详情', none: '没有符合条件的工单',
    loading: '正在载入…', shown: n => '显示 ' + n + ' 张', more: n => '最新 ' + n + ' 张', picturePending: '图像传送中', pictureLost: '图像已丢失',
    pictureNone: '无图像', unconfirmed: '边缘盒失联,状态待确认', cleared: '现场已恢复', events: '事件', why: '判定依据', history: '处理过程', facts: '情况',
    source: '来源', zone: '区域', grid: '网格', occurred: '发生', opened: '建单', kind: '类别', site: '站点', edge: '边缘盒', count: '事件数',
    attributes: '读数与属性', voidIt: '作废', note: '说明', notePlaceholder: '办理说明', noteNeeded: '此操作须填写说明', conflict: '工单已被他人更改,已重新载入',
    failed: '操作失败:', close: '关闭', position: '位置', severityOf: '级别', model: '模型', rule: '规则', replayed: '断网补传', online: '在线', offline: '离线',
    unroutedQueue: '无承办单位', verdict: '判定', verdicts: { 'true': '属实', 'false': '误报', duplicate: '重复', test: '演练' },
    unit: '承办单位', onDuty: '值班', leaders: '负责人', comma: ',', supervised: '督办', yes: '是', extensionAsked: '申请延期', suspendedUntil: '缓办至', reworks: '返工次数', sendBacks: '回退次数', deadlines: '时限', dueAt: '到期',
    unitNeeded: '承办单位', extensionNeeded: '延期多久,如 2wd', untilNeeded: '缓办到何时', onTime: '按时', tooLate: '超时', standsStill: '暂停计时', overdue: '已超时', nearDue: '即将到期', running: '计时中',
    factKinds: { opened: '建单', 'event-joined': '事件并入', 'severity-raised': '级别升高', 'condition-cleared': '现场恢复', 'condition-returned': '再次出现', 'picture-attached': '图像到达', 'event-unconfirmed': '状态待确认', 'event-confirmed': '状态已确认', 'unit-assigned': '指定单位', unrouted: '无承办单位', 'suspended-until': '缓办至', supervised: '督办', 'supervision-ended': '解除督办', commented: '备注', 'extension-asked': '申请延期', 'extension-granted': '同意延期', 'extension-denied': '不同意延期', 'deadline-near': '即将到期', 'deadline-passed': '已超时', 'incident-joined': '并入同一事件', 'severity-lowered': '级别降低', escalated: '逐级催办', 'verdict-given': '判定', 'found-still-there': '复核:仍在,退回', 'found-gone': '复核:已消除', 'found-not-known': '复核:未能确认', follows: '再次发生,上一工单' },
    otherEvents: '其他来源', joinReasons: { 'same-thing': '附近另有来源报同一件事', inhibited: '其上级设备已故障', 'cause-of-others': '其下设备已先报故障', 'common-cause': '同一上级下多台同时故障', flapping: '反复告警', storm: '同地同类警情过多' },
    sourceTypes: { camera: '摄像机', sensor: '传感器', edge: '边缘盒', hub: '其他系统', person: '群众报告' }, attributeNames: { text: '内容', reporter: '报告人', phone: '电话' },
    givenAway: '已转出,此工单不再由您查看', wentBack: '复核发现仍在现场,工单已退回',
    reasons: { 'the edge is away': '边缘网关离线', 'the edge is gone': '边缘网关已断开', 'the edge did not answer in time': '边缘网关未及时答复', 'too many questions are open': '待答问题过多', 'too many questions wait for a look': '待看画面过多', 'there is no such camera': '没有这台摄像机', 'there is no such sensor': '没有这个传感器', 'the event is not open on this box': '该事件在网关上已结束', 'the agent could not look it up': '网关未能查到', 'another answer came': '答复内容不符', 'another replay is under way; ask again when it is done': '该边缘盒正在进行另一次回放,请稍后再试', 'the agent stops': '边缘程序正在停止', 'the rules are not good': '规则有误', 'the recordings could not be replayed': '记录无法回放', 'the replay failed; the agent\'s log says why': '回放失败,原因见边缘程序日志', 'nothing is recorded since': '没有记录,自' },
    signs: { fire: '火', water: '水', health: '障', safety: '安', traffic: '车', gas: '气', help: '急' },
    patrols: '巡查', patrolKeys: '方向键选图,1 正常 2 异常 3 看不清', marks: { fine: '正常', wrong: '异常', unclear: '看不清' }, whoAnswered: '近 30 天阅看', sheetPending: '拼图尚未到达', sheetNone: '没有拼图', noRounds: '尚无巡查。在边缘配置的 patrols 中设置。', missedPicture: '未取到画面', foundThere: '有识别结果', roundsWord: '次', picturesWord: '幅', answeredWord: '已阅看',
    figures: '统计', lastDays: n => '近 ' + n + ' 天', by: { unit: '按单位', kind: '按类别', severity: '按级别', grid: '按网格', day: '按日', week: '按周', month: '按月' }, tickets: '工单', closedOnes: '已结案', closedOnTimeRate: '按期结案率', toClose: '应结案', reworkRate: '返工率', extensionRate: '延期率', onTimeRate: '环节按时率', deadlinesEnded: '已到期时限(含超时未办)', extensions: '延期次数', staysInState: '各环节用时', timesWord: '次数', falseAlarms: '误报率(按判定)', falseRate: '误报率', heatMap: '网格时段分布', noFigures: '这段时间没有数据',
    replays: '规则回放', replaysHint: '规则下发前,先用边缘盒的历史记录试算;不改动边缘盒', replayStart: '开始回放', replaySince: { '1h': '近 1 小时', '12h': '近 12 小时', '1d': '近 1 天', '7d': '近 7 天', '31d': '近 31 天' }, replayRules: '粘贴边缘配置中的 rules: 部分', replayWould: '新规则触发', replayWas: '当时触发', replayChange: '增减', replayDifferences: '差异(+ 新增,- 减少)', replayTotal: (would, was) => '新规则将触发 ' + would + ' 次,当时触发 ' + was + ' 次', replayMaterial: (pictures, readings) => pictures + ' 帧识别记录,' + readings + ' 条读数', replayDamaged: n => n + ' 段记录损坏', replayMore: n => '另有 ' + n + ' 处差异未列出', replaySame: '没有差异',
    users: '用户与审计', signOut: '退出', ownPassword: '修改密码', toConsole: '返回指挥台', userName: '用户名', role: '角色', areas: '区域', changed: '更改', createUser: '新建用户', save: '保存', disable: '停用', enable: '启用', disabled: '已停用', enabled: '正常',
    resetPassword: '重设密码', newPassword: '新密码', change: '修改', cancel: '取消', audit: '审计', when: '时间', who: '谁', address: '来自', action: '操作', subject: '对象', outcome: '结果', older: '更早',
    roles: { viewer: '查看', dispatcher: '受理派遣', unit: '处置单位', supervisor: '督办', admin: '管理员' },
    unheard: '(久无消息)', coming: '接下来的通知', comingNone: '若无人处理,近期无通知', comingSuspended: (t, isMore) => '缓办至 ' + t + (isMore ? ',此前不再产生新通知' : ',此前不发通知'), comingMore: n => '另有 ' + n + ' 条', comingTo: (contact, channel) => '通知 ' + contact + '(' + channel + ')', notSent: '不发送',
    notices: { opened: '新工单', assigned: '交办', unrouted: '无承办单位', moved: '状态变更', 'sent-back': '退回', closed: '办结', 'deadline-near': '时限将到', 'deadline-passed': '已超时', 'severity-raised': '级别升高', 'severity-lowered': '级别降低', 'condition-cleared': '现场恢复', 'condition-returned': '再次出现', 'still-there': '复核仍在', supervised: '督办', 'extension-asked': '申请延期', storm: '警情暴发汇总', 'still-open': '未办结提醒', escalated: '逐级催办' },
    because: { 'deadline-near': '时限将到', 'deadline-passed': '时限已过', 'still-open': '仍未办结,久无通知', escalated: '无人受理' },
    sendReasons: { 'too-severe-to-wait': '级别高,立即发送', 'group-wait': '等待同组合并', 'group-interval': '距上次同组通知间隔未到', 'quiet-hours': '免打扰时段结束后发送', limit: '已达通知上限,有余量时发送', joined: '并入待发消息', silenced: '已静默', 'silence-ends': '静默结束', 'duty-begins': '上岗时', 'tried-again': '上次未送达,重试' },
    silences: '静默', newSilence: '新建静默或施工检修', silenceHint: '静默期间不发通知;工单照常生成,时限照常计时。须同时符合所填各项,每项内任一即可。', silenceConfined: '您的静默须限于所管区域或工单。',
    kinds: '类别(可多选;名称或 fire.*)', sources: '来源(摄像机、传感器、边缘盒;名称或编号)', silenceAreas: '区域(可多选;名称或编码)', pickUnit: '单位(名称或编号)',
    backToList: '返回列表', pickWhich: text => '“' + text + '”不明确,请从列表中选择', pickUnheard: '(尚未见过)', pickRemove: '移除',
    area: '区域', or: ' 或 ', silenceFrom: '开始(站点时间,空为立即)', silenceEnd: '结束', silenceUntil: '结束时间(站点时间)', silenceComment: '原因(必填)', silenceIt: '静默', endSilence: '结束静默',
    silenceEnds: { '1h': '1 小时', '4h': '4 小时', '12h': '12 小时', '1d': '1 天', '3d': '3 天', '7d': '7 天', '30d': '30 天', done: '直到工单办结(最长 30 天)', at: '到指定时间…' }, scopes: { ticket: '仅此工单', source: '此来源的同类', place: '此地点的同类' },
    silencePurpose: '方式', silencePurposes: { silences: '静默:照常建单,不发通知', maintenance: '施工检修:期间不建单' }, workHint: '施工检修期间,符合的警情不建单;到时仍未消除的即建单。须同时符合所填各项,每项内任一即可;类别或来源至少填一项。火警、燃气、高水位、一键报警、求助、溺水及级别为“紧急”的警情(设备健康类除外)关乎生命安全,照常建单,除非填写其来源。', workConfined: '您登记的施工检修须限于所管区域。',
    worksNow: '施工检修', worksOver: '已结束的施工检修', noWorks: '没有登记的施工检修(配置文件中的固定时段不在此列)', announceIt: '登记', endWork: '结束施工', workMade: t => '已登记,至 ' + t, workEnded: '施工检修已结束,暂缓的警情随即处理', workNeedsMatch: '请填写类别或来源:仅按区域会把当地其他警情一并压下', workNotHeld: '照常建单',
    heldNow: '暂缓建单', heldHint: '以下警情暂不建单;到时仍未消除的即建单,按工单策略不建单的除外', heldWhy: '原因', heldUntil: '至', heldOver: '已消除', heldNoTicket: '按工单策略不建单',
    heldReasons: { maintenance: '该处正在施工或检修', 'waits-for-cause': '等待其上级设备的消息' },
    silencesNow: '静默:生效中与未开始', silencesOver: '已结束的静默', noSilences: '没有静默,通知照常发送', noSilencesOver: '尚无已结束的静默', silenceMatches: '范围', silenceTime: '时间', silenceWhy: '原因', silenceStates: { running: '生效中', coming: '未开始', over: '已结束' },
    silenceLeft: t => '还有 ' + t, silenceComes: t => t + ' 后开始', orWhenDone: ',或至工单办结', endedWithTicket: '随工单办结结束', endedBy: who => who + ' 提前结束', silenceMade: t => '已静默,至 ' + t, silenceEnded: '静默已结束',
    silenceNeedsMatch: '请填写工单、类别、区域或来源,不能静默全部', silenceNeedsComment: '请填写原因', silenceLimits: '结束须晚于开始和现在,最长 30 天', silenceOfDone: '该工单已办结或作废,无须静默', silenceThis: '静默此工单…',
    deliveries: '通知记录', channel: '渠道', search: '查询', clearSearch: '清除', recipient: '接收人', told: '内容', madeAt: '生成时间', tries: '发送', notTried: '尚未发送', triesOf: n => '已发送 ' + n + ' 次', outcomes: { delivered: '成功', failed: '失败', refused: '对方拒收' },
    resend: '重新发送', resent: '已重新放入发送队列', nextTry: t => '下次 ' + t, goesAt: t => t + ' 发送', deliveryStates: { waiting: '待发送', retrying: '重试中', delivered: '已送达', dead: '未送达' }, deliveryFilters: { '': '全部', waiting: '待发送与重试中', delivered: '已送达', dead: '未送达(不再重试)' },
    moreNotices: n => '另有 ' + n + ' 条', deliveriesConfined: '一条消息可能涉及多处工单,仅不限区域和单位的人员可查看', noDeliveries: '还没有通知', noDeliveriesMatch: '没有符合条件的通知',
    silent: '失联', forked: '身份冲突', camerasShort: '路', stages: { gate: '活动门', detector: '识别', tracker: '跟踪', zone: '区域', rule: '规则', sensor: '传感', decide: '判定', camera: '摄像机', mqtt: '消息' }
  },
  en: {
    brand: 'Fengsui · Command', edgesOnline: 'edges online', camerasUp: 'cameras up', camerasBlind: n => n + ' not looked at', clockOff: s => 'clock ' + Math.abs(s).toFixed(0) + ' s ' + (s > 0 ? 'fast' : 'slow'), severity: 'Severity', ticket: 'Ticket', place: 'Place',
    state: 'State', age: 'Age', all: 'All', open: 'Open', critical: 'Critical', major: 'Major', minor: 'Minor', warning: 'Warning', info: 'Info',
    live: 'Live', connecting: 'Connecting', lost: 'Cut off, trying again', language: '中文', pickOne: 'Pick a ticket to see it', none: 'No tickets match',
    loading: 'Loading…', shown: n => n + ' shown', more: n => 'newest ' + n, picturePending: 'Picture on its way', pictureLost: 'Picture lost',
    pictureNone: 'No picture', unconfirmed: 'Edge silent, unconfirmed', cleared: 'Condition cleared', events: 'Events', why: 'Why', history: 'History', facts: 'Facts',
    source: 'Source', zone: 'Zone', grid: 'Grid', occurred: 'Occurred', opened: 'Opened', kind: 'Kind', site: 'Site', edge: 'Edge', count: 'Events',
    attributes: 'Readings and attributes', voidIt: 'Void', note: 'Note', notePlaceholder: 'Note', noteNeeded: 'This step needs a note', conflict: 'Changed by somebody else; loaded again',
    failed: 'Failed: ', close: 'Close', position: 'Position', severityOf: 'Severity', model: 'Model', rule: 'Rule', replayed: 'sent after an outage', online: 'online', offline: 'offline',
    unroutedQueue: 'Nobody answers', verdict: 'Verdict', verdicts: { 'true': 'true', 'false': 'false alarm', duplicate: 'duplicate', test: 'test' },
    unit: 'Unit', onDuty: 'On duty', leaders: 'Leaders', comma: ', ', supervised: 'Supervised', yes: 'yes', extensionAsked: 'Extension asked', suspendedUntil: 'Suspended until', reworks: 'Reworks', sendBacks: 'Sent back', deadlines: 'Deadlines', dueAt: 'Due',
    unitNeeded: 'Unit that handles it', extensionNeeded: 'Extend by, such as 2wd', untilNeeded: 'Suspend until', onTime: 'on time', tooLate: 'too late', standsStill: 'stands still', overdue: 'passed', nearDue: 'near', running: 'running',
    factKinds: { 'incident-joined': 'incident joined', 'severity-lowered': 'severity lowered', escalated: 'escalated', 'verdict-given': 'verdict', 'found-still-there': 'looked: still there, goes back', 'found-gone': 'looked: gone', 'found-not-known': 'looked: not known', follows: 'came back after ticket' },
    otherEvents: 'Also told by', joinReasons: { 'same-thing': 'another source near by tells of the same thing', inhibited: 'what it hangs on is down', 'cause-of-others': 'what hangs on it was down before', 'common-cause': 'several that hang on the same are down', flapping: 'again and again', storm: 'so many of its kind at the place' },
    sourceTypes: { camera: 'camera', sensor: 'sensor', edge: 'edge', hub: 'another system', person: 'a person' }, attributeNames: { text: 'text', reporter: 'reporter', phone: 'phone' },
    givenAway: 'Handed over: the ticket is another unit’s now', wentBack: 'It is still there: the ticket went back',
    signs: { fire: 'Fire', water: 'Water', health: 'Fault', safety: 'Safety', traffic: 'Traffic', gas: 'Gas', help: 'Help' },
    patrols: 'Patrols', patrolKeys: 'arrows choose, 1 fine 2 wrong 3 unclear', marks: { fine: 'fine', wrong: 'wrong', unclear: 'unclear' }, whoAnswered: 'Who went through them, 30 days', sheetPending: 'The contact sheet has not come yet', sheetNone: 'There is no contact sheet', noRounds: 'No rounds yet. They are set up under patrols of an edge.', missedPicture: 'no picture was had', foundThere: 'something was found', roundsWord: 'rounds', picturesWord: 'pictures', answeredWord: 'gone through',
    figures: 'Figures', lastDays: n => n + ' days', by: { unit: 'unit', kind: 'class', severity: 'severity', grid: 'grid', day: 'day', week: 'week', month: 'month' }, tickets: 'Tickets', closedOnes: 'Closed', closedOnTimeRate: 'Closed on time', toClose: 'Due to be closed', reworkRate: 'Reworked', extensionRate: 'Extended', onTimeRate: 'Deadlines on time', deadlinesEnded: 'Deadlines ended or passed', extensions: 'Extensions', staysInState: 'Time in each state', timesWord: 'Times', falseAlarms: 'False alarms, by verdict', falseRate: 'False', heatMap: 'By grid and hour', noFigures: 'Nothing in this time',
    replays: 'Rules replayed', replaysHint: 'Tries rules on what an edge recorded, before they are put on it; nothing of the edge changes', replayStart: 'Replay', replaySince: { '1h': 'last hour', '12h': 'last 12 hours', '1d': 'last day', '7d': 'last 7 days', '31d': 'last 31 days' }, replayRules: "The part 'rules:' of the edge's configuration", replayWould: 'Would fire', replayWas: 'Fired then', replayChange: 'Change', replayDifferences: 'Differences (+ new, - gone)', replayTotal: (would, was) => 'Would have fired ' + would + ', was ' + was, replayMaterial: (pictures, readings) => pictures + ' looks, ' + readings + ' readings', replayDamaged: n => n + ' damaged segments', replayMore: n => n + ' more differences are not listed', replaySame: 'No difference',
    users: 'Users and audit', signOut: 'Sign out', ownPassword: 'Password', toConsole: 'Back to the console', userName: 'User', role: 'Role', areas: 'Areas', changed: 'Changed', createUser: 'Create user', save: 'Save', disable: 'Disable', enable: 'Enable', disabled: 'disabled', enabled: 'active',
    resetPassword: 'Reset password', newPassword: 'New password', change: 'Change', cancel: 'Cancel', audit: 'Audit', when: 'When', who: 'Who', address: 'From', action: 'What', subject: 'Which', outcome: 'Outcome', older: 'Older',
    roles: { viewer: 'viewer', dispatcher: 'dispatcher', unit: 'unit', supervisor: 'supervisor', admin: 'admin' },
    unheard: '(not a word of it)', coming: 'Next messages', comingNone: 'Nothing comes soon if nobody does anything', comingSuspended: (t, isMore) => 'Suspended until ' + t + (isMore ? ', no new messages before' : ', nothing before'), comingMore: n => n + ' more', comingTo: (contact, channel) => 'to ' + contact + ' (' + channel + ')', notSent: 'not sent',
    notices: { opened: 'new ticket', assigned: 'assigned', unrouted: 'nobody answers', moved: 'moved', 'sent-back': 'sent back', closed: 'done', 'deadline-near': 'deadline near', 'deadline-passed': 'deadline passed', 'severity-raised': 'severity raised', 'severity-lowered': 'severity lowered', 'condition-cleared': 'condition cleared', 'condition-returned': 'condition back', 'still-there': 'still there', supervised: 'supervised', 'extension-asked': 'more time asked', storm: 'digest of a storm', 'still-open': 'reminder', escalated: 'escalation' },
    because: { 'deadline-near': 'a deadline is near', 'deadline-passed': 'a deadline has passed', 'still-open': 'not done, and not a word for so long', escalated: 'nobody has taken it' },
    sendReasons: { 'too-severe-to-wait': 'too severe to wait', 'group-wait': 'waits for others of its group', 'group-interval': 'its group was told not long ago', 'quiet-hours': 'after the quiet hours', limit: 'enough for now, goes when there is room', joined: 'goes with a message that waits', silenced: 'silenced', 'silence-ends': 'the silence ends', 'duty-begins': 'the shift begins', 'tried-again': 'not delivered, tried again' },
    silences: 'Silences', newSilence: 'New silence or announced work', silenceHint: 'Nobody is told meanwhile; tickets are opened and deadlines run all the same. All that is filled in has to match, of each list one.', silenceConfined: 'A silence of yours names areas that you answer for, or a ticket that you see.',
    kinds: 'Kinds (several; by name, or fire.*)', sources: 'Cameras, sensors, edges (by name or id)', silenceAreas: 'Areas (several; by name or code)', pickUnit: 'Unit (by name or id)',
    backToList: 'Back to the list', pickWhich: text => '"' + text + '" may be several things or none: take one of the list', pickUnheard: '(never heard of)', pickRemove: 'Take away',
    area: 'Area', or: ' or ', silenceFrom: "From (the site's time; empty: now)", silenceEnd: 'Until', silenceUntil: "Until when (the site's time)", silenceComment: 'Why (needed)', silenceIt: 'Silence', endSilence: 'End it',
    silenceEnds: { '1h': '1 hour', '4h': '4 hours', '12h': '12 hours', '1d': '1 day', '3d': '3 days', '7d': '7 days', '30d': '30 days', done: 'until the ticket is done (30 days at most)', at: 'until a time…' }, scopes: { ticket: 'this ticket only', source: 'this class of this source', place: 'this class at this place' },
    silencePurpose: 'What', silencePurposes: { silences: 'Silence: tickets, and nobody is told', maintenance: 'Announced work: no tickets meanwhile' }, workHint: 'What matches gets no ticket while the work goes on; what still holds at its end gets one. All that is filled in has to match, of each list one; kinds or sources are needed. Lives hang on fire, gas, high water, alarm buttons, calls for help, drowning and whatever is critical (but for the health of equipment): these get tickets all the same, but for sources that you name.', workConfined: 'Work that you announce names areas that you answer for.',
    worksNow: 'Announced work', worksOver: 'Announced work that is over', noWorks: 'No work is announced (windows of the configuration file are not listed here)', announceIt: 'Announce', endWork: 'End it', workMade: t => 'Announced until ' + t, workEnded: 'The work is ended; what it held back is decided now', workNeedsMatch: 'Name kinds or sources: an area alone would hold back all else there, too', workNotHeld: 'Tickets all the same',
    heldNow: 'Held back', heldHint: 'These have no ticket yet; what still holds then becomes one, unless the ticket policy makes none of it', heldWhy: 'Why', heldUntil: 'Until', heldOver: 'over meanwhile', heldNoTicket: 'no ticket, by the policy',
    heldReasons: { maintenance: 'work was announced there', 'waits-for-cause': 'its cause may be told a moment later' },
    silencesNow: 'Silences, running and coming', silencesOver: 'Silences that are over', noSilences: 'There is no silence: messages go as usual', noSilencesOver: 'None is over yet', silenceMatches: 'What', silenceTime: 'When', silenceWhy: 'Why', silenceStates: { running: 'running', coming: 'coming', over: 'over' },
    silenceLeft: t => t + ' left', silenceComes: t => 'begins in ' + t, orWhenDone: ', or until the ticket is done', endedWithTicket: 'ended with its ticket', endedBy: who => 'ended by ' + who, silenceMade: t => 'Silenced until ' + t, silenceEnded: 'The silence is ended',
    silenceNeedsMatch: 'Name a ticket, kinds, areas or sources: a silence of everything is none', silenceNeedsComment: 'Say why', silenceLimits: 'It ends after it begins, in the future, and within 30 days', silenceOfDone: 'That ticket is done: there is nothing to silence', silenceThis: 'Silence this…',
    deliveries: 'Messages', channel: 'Channel', search: 'Find', clearSearch: 'Clear', recipient: 'To', told: 'What', madeAt: 'Made', tries: 'Tries', notTried: 'not tried yet', triesOf: n => (n === 1 ? '1 try' : n + ' tries'), outcomes: { delivered: 'delivered', failed: 'failed', refused: 'refused' },
    resend: 'Send again', resent: 'It waits to be sent again', nextTry: t => 'next try ' + t, goesAt: t => 'goes ' + t, deliveryStates: { waiting: 'waiting', retrying: 'retrying', delivered: 'delivered', dead: 'dead letter' }, deliveryFilters: { '': 'All', waiting: 'Waiting and retrying', delivered: 'Delivered', dead: 'Dead letters' },
    moreNotices: n => n + ' more', deliveriesConfined: 'One message may tell of tickets in many places: they are for people who are confined to no area and no unit', noDeliveries: 'There are no messages yet', noDeliveriesMatch: 'No messages match',
    silent: 'silent', forked: 'two boxes', camerasShort: 'cams', stages: {}
  }
};

const SEVERITIES = ['critical', 'major', 'minor', 'warning', 'info'];

const Speech = {
  language: localStorage.getItem('language') === 'en' ? 'en' : 'zh',
  zone: 'Asia/Shanghai',
  formats: {},

  word(key) {
    return WORDS[this.language][key] || WORDS.en[key] || key;
  },

  /** Of a {zh, en} pair. */
  name(pair) {
    return pair ? pair[this.language] || pair.zh || pair.en || '' : '';
  },

  /** What a fact of a ticket is called, with the little that tells it from others of its kind. */
  fact(fact) {
    const name = WORDS[this.language].factKinds[fact.kind] || fact.kind;
    const detail = fact.detail || {};
    const absent = fact.kind === 'condition-cleared' && detail.reason === 'absence' ? this.word('unheard') : '';
    const joined = fact.kind === 'incident-joined' ? '· ' + (this.word('joinReasons')[detail.reason] || detail.reason) : '';
    return [name, detail.unit || detail.by || (detail.percent ? detail.percent + '%' : absent || joined)].filter(Boolean).join(' ');
  },

  /** What told of an event: a camera, a sensor, a person. */
  source(event) {
    const type = this.word('sourceTypes')[event.source.type] || event.source.type;
    return event.source.id === event.source.type ? type : type + ' ' + event.source.id;
  },

  /** Who told of an event, of what and when it began. */
  told(event) {
    return [this.source(event), event.kind, this.time(event.occurredAt)].join(' · ');
  },

  attributes(event) {
    return Object.entries(event.attributes).map(([key, value]) => (this.word('attributeNames')[key] || key) + ' = ' + value).join('   ');
  },

  /** Why nothing is known, as edges and hub say it; what follows the known words stays. */
  reason(text) {
    const reasons = WORDS[this.language].reasons || {};
    const known = Object.keys(reasons).find(one => text.startsWith(one));
    return known ? reasons[known] + text.slice(known.length) : text;
  },

  stage(code) {
    return WORDS[this.language].stages[code] || code;
  },

  /** A sign for tickets that have no picture, by the first word of the kind. */
  glyph(kind) {
    return WORDS[this.language].signs[kind.split('.')[0]] || '';
  },

  /** Says the fixed words of the page. */
  speak() {
    document.documentElement.lang = this.language === 'zh' ? 'zh-CN' : 'en';
    document.querySelectorAll('[data-word]').forEach(node => { node.textContent = this.word(node.dataset.word); });
    document.getElementById('language').textContent = this.word('language');
    document.title = this.word('brand');
  },

  toggle() {
    this.language = this.language === 'zh' ? 'en' : 'zh';
    localStorage.setItem('language', this.language);
    this.formats = {};
  },

  format(kind, options) {
    const key = kind + this.language + this.zone;
    if (!this.formats[key]) {
      const locale = this.language === 'zh' ? 'zh-CN' : 'en-GB';
      this.formats[key] = new Intl.DateTimeFormat(locale, Object.assign({ timeZone: this.zone, hourCycle: 'h23' }, options));
    }
    return this.formats[key];
  },

  clock(date) {
    return this.format('clock', { month: '2-digit', day: '2-digit', weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(date);
  },

  time(text) {
    return this.format('time', { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(text));
  },

  /** A moment as forms have it, 2026-11-23T08:00 by the clocks of the site. */
  local(date) {
    const parts = {};
    this.format('local', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(date)
      .forEach(part => { parts[part.type] = part.value; });
    return parts.year + '-' + parts.month + '-' + parts.day + 'T' + parts.hour + ':' + parts.minute;
  },

  /** The moment of such a time; of one that clocks leave out, one beside it. */
  moment(local) {
    const wall = Date.parse(local + 'Z');
    const before = at => wall - (Date.parse(this.local(new Date(at)) + 'Z') - at);
    return Number.isNaN(wall) ? new Date(NaN) : new Date(before(before(wall)));
  },

  age(millis) {
    const seconds = Math.max(0, Math.floor(millis / 1000));
    const two = n => String(n).padStart(2, '0');
    if (seconds < 3600) {
      return two(Math.floor(seconds / 60)) + ':' + two(seconds % 60);
    }
    if (seconds < 86400) {
      return Math.floor(seconds / 3600) + ':' + two(Math.floor(seconds / 60) % 60) + ':' + two(seconds % 60);
    }
    return Math.floor(seconds / 86400) + (this.language === 'zh' ? ' 天 ' : ' d ') + two(Math.floor(seconds / 3600) % 24) + ':' + two(Math.floor(seconds / 60) % 60);
  }
};

/** An element with a class, text (never markup: names come from cameras and sensors) and children. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text !== undefined && text !== null) {
    made.textContent = text;
  }
  for (let i = 3; i < arguments.length; i++) {
    made.append(arguments[i]);
  }
  return made;
}

/** What people call it, and its code in smaller letters; the code alone where it has no name. */
function named(code, name) {
  const text = Speech.name(name);
  return text && text !== code
    ? element('span', 'named', null, text, ' ', element('span', 'code', code))
    : element('span', 'named', code);
}

/** What was chosen stays chosen. */
function fill(select, choices, usual) {
  const before = select.value || usual;
  select.replaceChildren(...choices.map(([value, text]) => {
    const option = element('option', '', text);
    option.value = value;
    return option;
  }));
  if (choices.some(([value]) => value === before)) {
    select.value = before;
  }
}

/** What is separated by spaces or commas. */
function words(text) {
  return text.split(/[\s,\uff0c\u3001]+/).filter(Boolean);
}

/** A cell that says what it is where there is no room for columns. */
function cell(word, what) {
  const made = element('td', '', null, what);
  made.dataset.label = Speech.word(word);
  return made;
}

/** Puts rows in the place of others; whoever is in one with the keyboard stays there. */
function redraw(body, rows) {
  const reached = row => [...row.querySelectorAll('a, button, summary')];
  const before = body.contains(document.activeElement) ? document.activeElement.closest('tr') : null;
  const place = before ? reached(before).indexOf(document.activeElement) : -1;
  body.replaceChildren(...rows);
  const now = before ? rows.find(row => row.dataset.id === before.dataset.id) : null;
  if (now && reached(now)[place]) {
    reached(now)[place].focus({ preventScroll: true });
  }
}

/** Something, and below it something less important. */
function lines(text, below) {
  return element('span', 'lines', null, element('span', '', null, text), element('span', 'hint', below));
}

/** To the ticket on the console's page. */
function ticketLink(id) {
  const link = element('a', 'id', id);
  link.href = '/?ticket=' + encodeURIComponent(id);
  return link;
}

/** What the hub answers; leads to the sign-in where nobody is signed in. Throws what is wrong in the hub's words. */
async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { Accept: 'application/json', 'Accept-Language': Speech.language, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined
  });
  if (answer.status === 401) {
    location.assign('/login');
  }
  const json = await answer.json();
  if (!answer.ok) {
    throw new Error(json.detail);
  }
  return json;
}

/** Shows what failed, for six seconds. */
function report(error) {
  tell(Speech.word('failed') + error.message);
}

/** Shows what somebody should know, for six seconds. */
function tell(text) {
  const toast = document.getElementById('toast');
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { toast.hidden = true; }, 6000);
}
