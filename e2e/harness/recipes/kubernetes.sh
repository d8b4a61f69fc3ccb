#!/bin/bash
# Builds Kubernetes' control plane, kubelet and kubectl from Debian 12's source package,
# with Debian's compiler and nothing from the network.
#
#   kubernetes.sh SOURCE.dsc WORK OUT
#
# WORK is scratch space (2.5 GB at its height); the programs appear in OUT.
set -euo pipefail

dsc=$(realpath "$1")
work=$(realpath "$2")
out=$(realpath "$3")

go_root=/usr/lib/go-1.19
reflect2=/usr/share/gocode/src/github.com/modern-go/reflect2

# Debian's version is such as 1.20.5+really1.20.2-1.1; what it contains is 1.20.2.
debian_version=$(sed -n 's/^Version: //p' "$dsc")
version=${debian_version##*really}
version=${version%%-*}
IFS=. read -r major minor _ <<<"$version"

echo "unpack $debian_version"
dpkg-source --no-check --extract "$dsc" "$work/source" >/dev/null

# The vendored reflect2 1.0.1 panics when built with Go 1.18 or later; Debian packages a newer one.
vendored=$work/source/vendor/github.com/modern-go/reflect2
rm -f "$vendored"/*.go "$vendored"/*.s
cp "$reflect2"/*.go "$reflect2"/*.s "$vendored/"

# Kubernetes 1.20 still builds the old way, inside a GOPATH.
export GOROOT=$go_root PATH=$go_root/bin:$PATH
export GOPATH=$work/gopath GOCACHE=$work/gocache
export GO111MODULE=off GOFLAGS= GOPROXY=off CGO_ENABLED=0
mkdir -p "$GOPATH/src/k8s.io"
ln -s "$work/source" "$GOPATH/src/k8s.io/kubernetes"
cd "$GOPATH/src/k8s.io/kubernetes"

# Packages whose types are served in the API's schema, as import paths.
schema_packages() {
    grep --recursive --files-with-matches --fixed-strings --include='*.go' --exclude='*_test.go' \
        --exclude-dir=code-generator --exclude-dir=sample-apiserver \
        '+k8s:openapi-gen=' cmd pkg plugin staging/src/k8s.io |
        xargs --max-args=1 dirname |
        LC_ALL=C sort --unique |
        sed -e 's#^staging/src/#vendor/#' -e 's#^#k8s.io/kubernetes/#'
}

# The schema is generated at build time; neither upstream nor Debian ship it.
echo "generate the API schema"
go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
"$work/openapi-gen" --logtostderr \
    --input-dirs "$(schema_packages | paste --serial --delimiters=,)" \
    --output-package k8s.io/kubernetes/pkg/generated/openapi \
    --output-file-base zz_generated.openapi \
    --output-base "$GOPATH/src" \
    --go-header-file hack/boilerplate/boilerplate.generatego.txt \
    --report-filename "$work/schema-violations"

# Clients decide by the version what they may ask for, and the build does not know it.
ldflags="-s -w"
for package in component-base/version client-go/pkg/version; do
    prefix=k8s.io/kubernetes/vendor/k8s.io/$package
    ldflags+=" -X $prefix.gitVersion=v$version -X $prefix.gitMajor=$major -X $prefix.gitMinor=$minor"
    ldflags+=" -X $prefix.gitTreeState=clean -X $prefix.buildDate=1970-01-01T00:00:00Z"
done

# `providerless` leaves the cloud vendors out. -v names each package as it is compiled.
echo "compile v$version"
go build -v -trimpath -tags providerless,dockerless -ldflags "$ldflags" -o "$out/" \
    ./cmd/kube-apiserver ./cmd/kube-controller-manager ./cmd/kube-scheduler ./cmd/kubelet \
    ./cmd/kubectl
