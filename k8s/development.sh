#!/usr/bin/env bash
# The secrets of a development grid on Kubernetes, a folder for each namespace: GRID/NAME, for "kubectl apply -k GRID/NAME".
#   k8s/development.sh GRID hub CONSORTIUM   the hub with EU; CONSORTIUM: organisations.json and agreements.json
#   k8s/development.sh GRID be               a Member State (el is gr here, as everywhere in the grid)
# GRID is everybody (its authority, keys, passwords): keep it off the cluster. GRID/dev/tokens has the organisations' tokens.
# More names of the gateway for clients: HOSTS=DNS:soc.example. What is there stays, but for certificates, which are made anew.
set -euo pipefail

usage() { sed -n '2,6s/^# \{0,3\}//p' "$0" >&2; exit 2; }

[ $# -ge 2 ] || usage
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
name=$2 consortium=${3:-} silos=4
case $name in
    hub) homes=hub,EU; [ -e "$consortium/organisations.json" ] || usage ;;
    [a-z][a-z]) homes=${name^^} ;;
    *) usage ;;
esac
umask 077
mkdir -p "$1/$name" "$1/passwords"
grid=$(cd "$1" && pwd) to=$(cd "$1/$name" && pwd) namespace=crossbordersoc-$name
silo() { dotnet "$root/silo/bin/Release/net10.0/CrossBorderSoc.Silo.dll" "$@" > /dev/null; }
ca() { "$root/eng/dev-ca.sh" "$grid/ca" "$@"; }

password() {
    [ -e "$grid/passwords/$1" ] || openssl rand -hex 32 | tr -d '\n' > "$grid/passwords/$1"
    cat "$grid/passwords/$1"
}

# user NAME PASSWORD PATTERN...: a line of an ACL file, with what docs/redis.md gives a silo.
user() {
    printf 'user %s on #%s' "$1" "$(printf %s "$(password "$2")" | sha256sum | cut -d' ' -f1)"
    printf ' ~%s &%s' $(for pattern in "${@:3}"; do echo "$pattern" "$pattern"; done)
    echo ' -@all +@read +@write +@scripting +@transaction +@connection +info +config|get +publish +subscribe +unsubscribe' \
        '+cluster|slots +cluster|nodes +role'
}

# Whoever shows no password may ask whether the server is there, and nothing else: the probes do.
acl() { echo 'user default on nopass resetkeys resetchannels -@all +ping'; user "$@"; }

silo identities give --from "$grid/dev" --to "$to/dev" --homes "$homes"
silo identities give --from "$grid/dev" --to "$to/gateway/dev" --homes none
# Its tokens are written here, so that no node can make one.
rm -f "$to/dev/keys/issuer.pem"
for ((at = 0; at < silos; at++)); do ca node "silo-$at-$name" "$homes" "$to/tls/silo-$at"; done
HOSTS="DNS:gateway,DNS:gateway.$namespace.svc${HOSTS:+,$HOSTS}" ca node "gateway-$name" none "$to/tls/gateway"
USE=serverAuth HOSTS="DNS:redis.$namespace.svc" ca client redis none "$to/tls/redis"
mkdir -p "$to/authority"
cp "$grid/ca/ca.pem" "$grid/ca/revoked.pem" "$to/authority/"
acl silo "$name" $(for home in ${homes//,/ }; do echo "{$home:0}:*"; done) > "$to/users.acl"
printf 'redis:6379,user=silo,password=%s,ssl=true,sslHost=redis' "$(password "$name")" > "$to/store"
printf 'membership.crossbordersoc-hub.svc:6379,user=node,password=%s,ssl=true' "$(password membership)" > "$to/membership"

secret() { printf -- '  - name: %s\n    files:\n' "$1"; printf -- '      - %s\n' "${@:2}"; }
{
    printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: %s\n' "$namespace"
    printf 'generatorOptions:\n  disableNameSuffixHash: true\nconfigMapGenerator:\n'
    secret authority authority/ca.pem authority/revoked.pem
    secret identity-public dev/jwks.json
    [ "$name" != hub ] || secret consortium consortium/organisations.json consortium/agreements.json
    echo 'secretGenerator:'
    secret silo-tls $(for ((at = 0; at < silos; at++)); do echo "silo-$at.pem=tls/silo-$at/node.pem" "silo-$at.key=tls/silo-$at/node.key"; done)
    secret gateway-tls gateway.pem=tls/gateway/node.pem gateway.key=tls/gateway/node.key
    secret redis-tls redis.pem=tls/redis/client.pem redis.key=tls/redis/client.key
    secret redis-users users.acl
    secret store connection=store
    secret membership connection=membership
    secret identity-keys $(cd "$to" && ls dev/keys/*)
    secret identity-secrets $(cd "$to" && ls dev/secrets/*)
    secret gateway-keys gateway/dev/keys/gateway.pem
} > "$to/kustomization.yaml"
[ "$name" = hub ] || exit 0

silo identities tokens --from "$grid/dev" --consortium "$consortium"
mkdir -p "$to/consortium"
cp "$consortium/organisations.json" "$consortium/agreements.json" "$to/consortium/"
acl node membership 'crossbordersoc/members/*' > "$to/members.acl"
USE=serverAuth HOSTS="DNS:membership.$namespace.svc" ca client membership none "$to/tls/membership"
{
    secret membership-tls redis.pem=tls/membership/client.pem redis.key=tls/membership/client.key
    secret membership-users users.acl=members.acl
} >> "$to/kustomization.yaml"
