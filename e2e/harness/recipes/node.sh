#!/bin/bash
# One node: containerd and the kubelet.
#
#   node.sh KUBELET SETTINGS LOGS
#
# Runs as the first process of PID and mount namespaces of its own: whatever is run and mounted
# here ends with it, however it ends, and nothing that the machine itself runs is met.
set -euo pipefail

kubelet=$1
settings=$2
logs=$3

# The first process of a namespace hears only what it listens to.
trap 'exit 0' TERM

# Where both programs keep their state, whatever their settings say: in memory, and only here.
for folder in /run/containerd /var/lib/{containerd,kubelet,cni} /var/log/{pods,containers}; do
    mkdir --parents "$folder"
    mount -t tmpfs node "$folder"
done

# The kubelet would change these for the whole machine; it finds what it wants in their place.
tune() {
    local standin=$settings/${1//\//.}
    echo "$2" >"$standin"
    mount --bind "$standin" "/proc/sys/$1"
}
tune vm/overcommit_memory 1
tune vm/panic_on_oom 0
tune kernel/panic 10
tune kernel/panic_on_oops 1
tune kernel/keys/root_maxkeys 1000000
tune kernel/keys/root_maxbytes 25000000

# Says what both programs said last, and ends.
give_up() {
    tail --quiet --lines=6 "$logs/containerd.log" "$logs/kubelet.log" || true
    exit 1
}

# Pods get their addresses, and the routes to them, in a network of containerd's own.
unshare --net containerd --config "$settings/containerd.toml" >>"$logs/containerd.log" 2>&1 &
containerd=$!
until ctr version >/dev/null 2>&1; do
    kill -0 "$containerd" || give_up
    sleep 0.1
done
ctr --namespace k8s.io images import "$settings/image.tar"
ctr --namespace k8s.io events >>"$logs/containers.log" &

# No cloud is asked for credentials.
AWS_EC2_METADATA_DISABLED=true HOME=/nonexistent "$kubelet" \
    --config "$settings/kubelet.json" \
    --kubeconfig "$settings/kubeconfig" \
    --hostname-override localhost \
    --container-runtime remote \
    --container-runtime-endpoint unix:///run/containerd/containerd.sock \
    >>"$logs/kubelet.log" 2>&1 &

# It is a node as long as all of them run.
wait -n || true
give_up
