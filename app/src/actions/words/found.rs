//! How an execution ended, in words: what was seen where it succeeded, what was found where it did not.

use domain::actions::{Finding, Follow, PodStays, Until};

use super::messages;
use crate::messages::Phrases;

messages! {
    REPLACED: "{made} took its place and is ready." | "{made} が置き換わり、Ready になりました。";
    ENDED_ALONE: "It is gone, and nothing was meant to take its place." | "対象は終了しました。置き換えはありません。";
    RELEASED: "It runs on by itself; {made} took its place and is ready." | "対象は切り離されて動き続けています。{made} が置き換わり、Ready になりました。";
    RELEASED_ALONE: "It runs on by itself, and nothing was meant to take its place." | "対象は切り離されて動き続けています。置き換えはありません。";
    ROLLED_OUT: "Every pod is ready and of the newest template, but those that a partition holds back." | "すべての Pod が Ready で、partition で保留されたものを除き最新のテンプレートです。";
    SCALED: "There are as many replicas as were asked for, all of them ready." | "指定した数のレプリカがあり、すべて Ready です。";
    CHANGED: "The object is as it was asked for." | "対象は指定した内容になりました。";
    STARTED: "{made} was started." | "{made} が開始されました。";
    STARTED_UNNAMED: "It was started." | "開始されました。";
    STOPPED: "The job has ended and none of its pods runs." | "Job は終了し、実行中の Pod はありません。";
    ALL_GONE: "Every pod that was to go is gone. Those that were to stay, and any that came after it was asked for, are there still." | "対象の Pod はすべて終了しました。残すと指定した Pod と、申請後に配置された Pod は残っています。";
    ALL_REPLACED: "Every pod that was to go is gone, and others are ready in their place." | "対象の Pod はすべて終了し、新しい Pod が Ready です。";
    PODS_STAY: "pods that were to go are there still: {pods}." | "退避するはずの Pod が残っています：{pods}";
    HELD_BACK: "{pod} (held back by the disruption budget {budgets})" | "{pod}（Disruption Budget {budgets} により保留）";
    UNSEEN: "{count} in tenants that you may not see" | "閲覧できないテナントに {count} 個";
    POD_REFUSED: "the cluster refused to evict a pod. Its words: {message}" | "クラスターが Pod の退避を拒否しました。クラスターの応答：{message}";
    POD_REFUSED_UNSEEN: "the cluster refused to evict a pod of a tenant that you may not see." | "閲覧できないテナントの Pod の退避をクラスターが拒否しました。";
    STOPPED_BY: "{by} stopped it. What was sent away before is not brought back." | "{by} が停止しました。既に退避した Pod は元に戻りません。";
    UNWATCHED: "{by} stopped watching it. What was ordered goes on in the cluster." | "{by} が監視を終了しました。指示した内容はクラスターで続行されます。";
    RIGHT_LOST: "whoever asked for it, or somebody whose approval counted, may no longer. It went no further." | "申請者または承認者が権限を失ったため、続行しませんでした。";
    FROZEN: "the freeze {name} began. It went no further." | "凍結期間 {name} に入ったため、続行しませんでした。";
    DRIFTED: "the target was no longer what was approved." | "対象が承認時の内容から変化していました。";
    TOO_LATE: "the deadline passed before the call was sent." | "送信前に期限が過ぎました。";
    BUDGET: "disruption budgets had no room ({names}). The cluster's words: {message}" | "Disruption Budget に余裕がありませんでした（{names}）。クラスターの応答：{message}";
    REFUSED: "the cluster refused. Its words: {message}" | "クラスターが拒否しました。クラスターの応答：{message}";
    NOT_REACHED: "the cluster was not reached. What was heard: {message}" | "クラスターに接続できませんでした。応答：{message}";
    NOT_DELIVERED: "the call did not reach the cluster before its deadline; the target stands as it was." | "期限までにクラスターへ届きませんでした。対象は元のままです。";
    NOT_RELEASED: "its controller did not let go of the pod in time." | "コントローラーが時間内に Pod を手放しませんでした。";
    POD_STAYS: "the pod did not end in time." | "Pod が時間内に終了しませんでした。";
    NO_REPLACEMENT: "{kind} {name} made no replacement in time." | "{kind} {name} が時間内に新しい Pod を作成しませんでした。";
    POD_BROKEN: "the new pod {pod} does not run: {status}." | "新しい Pod {pod} が動作していません：{status}";
    POD_LATE: "the new pod {pod} was not ready in time: {status}." | "新しい Pod {pod} が時間内に Ready になりませんでした：{status}";
    ROLLOUT_STUCK: "the cluster gave the rollout up. Its words: {message}" | "クラスターがロールアウトを断念しました。クラスターの応答：{message}";
    ROLLOUT_LATE: "{ready} of {desired} replicas were new and ready in time." | "時間内に新しい Ready なレプリカになったのは {desired} 個中 {ready} 個でした。";
    OTHER_REPLICAS: "something else, an autoscaler perhaps, asks for {found} replicas instead of {wanted}." | "オートスケーラーなどにより、レプリカ数が {wanted} ではなく {found} に変更されました。";
    OVERWRITTEN: "what was changed was changed back, or by somebody else." | "変更が元に戻されたか、ほかから変更されました。";
    GONE: "{kind} {name} is gone." | "{kind} {name} が存在しません。";
    JOB_FAILED: "the job {name} failed." | "Job {name} が失敗しました。";
    JOB_LATE: "the job {name} is there, and its pod did not run in time: {status}. It may run yet: do not start another one before you looked." | "Job {name} は作成されましたが、Pod が時間内に実行されませんでした：{status}。この後に実行される可能性があります。確認するまで再実行しないでください。";
    JOB_WITHOUT_POD: "the job {name} is there, and had no pod in time. It may run yet: do not start another one before you looked." | "Job {name} は作成されましたが、時間内に Pod が作成されませんでした。この後に実行される可能性があります。確認するまで再実行しないでください。";
    NOT_SEEN: "it was not seen in time." | "時間内に確認できませんでした。";
    ANSWER_LOST: "the target changed, and the answer that would tell whether this request did it was lost." | "対象は変化しましたが、応答が失われたため、このリクエストによるものか判断できません。";
    OUT_OF_SIGHT: "nobody is left who could look at the target." | "対象を確認できる人がいなくなりました。";
    NEVER_ASKED: "the cluster could not be asked in time what became of the target." | "時間内にクラスターへ確認できませんでした。";
}

/// What was seen of a success; `made` is what came of it.
pub(crate) fn seen(t: Phrases, follow: Follow, made: Option<&str>) -> String {
    let (with, without) = match follow {
        Follow::Replacement => (REPLACED, ENDED_ALONE),
        Follow::Release => (RELEASED, RELEASED_ALONE),
        Follow::Start => (STARTED, STARTED_UNNAMED),
        Follow::Rollout => (ROLLED_OUT, ROLLED_OUT),
        Follow::Replicas => (SCALED, SCALED),
        Follow::Change => (CHANGED, CHANGED),
        Follow::End => (STOPPED, STOPPED),
        Follow::Waves(Until::Gone) => (ALL_GONE, ALL_GONE),
        Follow::Waves(Until::Replaced) => (ALL_REPLACED, ALL_REPLACED),
    };
    match made {
        Some(made) => t.fill(with, &[("made", &made)]),
        None => t.say(without).to_owned(),
    }
}

/// What was found where it did not succeed.
pub(crate) fn found(t: Phrases, finding: &Finding) -> String {
    let say = |message| t.say(message).to_owned();
    match finding {
        Finding::Drifted => say(DRIFTED),
        Finding::TooLate => say(TOO_LATE),
        Finding::NotDelivered => say(NOT_DELIVERED),
        Finding::PodStays => say(POD_STAYS),
        Finding::NotReleased => say(NOT_RELEASED),
        Finding::Overwritten => say(OVERWRITTEN),
        Finding::NotSeen => say(NOT_SEEN),
        Finding::AnswerLost => say(ANSWER_LOST),
        Finding::OutOfSight => say(OUT_OF_SIGHT),
        Finding::NeverAsked => say(NEVER_ASKED),
        Finding::Budget { names, message } => {
            t.fill(BUDGET, &[("names", &names.join(", ")), ("message", message)])
        }
        Finding::Refused { message } => t.fill(REFUSED, &[("message", message)]),
        Finding::NotReached { message } => t.fill(NOT_REACHED, &[("message", message)]),
        Finding::NoReplacement { kind, name } => {
            t.fill(NO_REPLACEMENT, &[("kind", kind), ("name", name)])
        }
        Finding::PodBroken { pod, status } => {
            t.fill(POD_BROKEN, &[("pod", pod), ("status", status)])
        }
        Finding::PodLate { pod, status } => t.fill(POD_LATE, &[("pod", pod), ("status", status)]),
        Finding::RolloutStuck { message } => t.fill(ROLLOUT_STUCK, &[("message", message)]),
        Finding::RolloutLate { ready, desired } => {
            t.fill(ROLLOUT_LATE, &[("ready", ready), ("desired", desired)])
        }
        Finding::OtherReplicas { wanted, found } => {
            t.fill(OTHER_REPLICAS, &[("wanted", wanted), ("found", found)])
        }
        Finding::Gone { kind, name } => t.fill(GONE, &[("kind", kind), ("name", name)]),
        Finding::JobFailed { name } => t.fill(JOB_FAILED, &[("name", name)]),
        Finding::JobLate { name, status } => match status {
            Some(status) => t.fill(JOB_LATE, &[("name", name), ("status", status)]),
            None => t.fill(JOB_WITHOUT_POD, &[("name", name)]),
        },
        Finding::Unwatched { by } => t.fill(UNWATCHED, &[("by", by)]),
        Finding::RightLost => say(RIGHT_LOST),
        Finding::Frozen { name } => t.fill(FROZEN, &[("name", name)]),
        Finding::PodRefused { message, .. } if message.is_empty() => say(POD_REFUSED_UNSEEN),
        Finding::PodRefused { message, .. } => t.fill(POD_REFUSED, &[("message", message)]),
        Finding::Stopped { by } => t.fill(STOPPED_BY, &[("by", by)]),
        Finding::PodsStay { pods, unseen } => {
            let told = pods.iter().map(|pod| stays(t, pod));
            let unseen = (*unseen > 0).then(|| t.fill(UNSEEN, &[("count", unseen)]));
            let pods: Vec<_> = told.chain(unseen).collect();
            t.fill(PODS_STAY, &[("pods", &pods.join(", "))])
        }
    }
}

fn stays(t: Phrases, PodStays { namespace, name, budgets }: &PodStays) -> String {
    let pod = format!("{namespace}/{name}");
    match budgets.as_slice() {
        [] => pod,
        budgets => t.fill(HELD_BACK, &[("pod", &pod), ("budgets", &budgets.join(", "))]),
    }
}
