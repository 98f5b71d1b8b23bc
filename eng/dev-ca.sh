#!/usr/bin/env bash
# A certificate authority for development: its key is a file, and whoever reads it is every node.
#   eng/dev-ca.sh DIR                           makes the authority: DIR/ca.pem, DIR/revoked.pem
#   eng/dev-ca.sh DIR node NAME HOMES [TO]      a node's certificate and key: TO/node.pem, TO/node.key (TO: DIR/NAME)
#   eng/dev-ca.sh DIR client NAME HOMES [TO]    a client's of gRPC and HTTP: TO/client.pem, TO/client.key
#   eng/dev-ca.sh DIR revoke CERTIFICATE        takes one back: DIR/revoked.pem
#   eng/dev-ca.sh DIR renew                     signs the list anew, before its 30 days are over
# HOMES as in Node:Homes: hub,EU,BE or none. More names for clients of gRPC and HTTP: HOSTS=DNS:soc.example,IP:192.0.2.1.
# For tests: START and END (YYYYMMDDHHMMSSZ), and USE, the extended key usage.
set -euo pipefail

usage() { sed -n '2,10s/^# \{0,3\}//p' "$0" >&2; exit 2; }

make_authority() {
    [ -e "$dir/ca.key" ] && return
    (umask 077; mkdir -p "$dir/issued")
    : > "$dir/index.txt"
    cat > "$dir/ca.cnf" <<CONFIG
[ca]
default_ca = authority
[authority]
dir = $dir
database = \$dir/index.txt
new_certs_dir = \$dir/issued
certificate = \$dir/ca.pem
private_key = \$dir/ca.key
rand_serial = yes
unique_subject = no
default_md = sha256
default_days = 90
default_crl_days = 30
policy = any
[any]
commonName = supplied
CONFIG
    (umask 077; openssl ecparam -name prime256v1 -genkey -noout -out "$dir/ca.key")
    openssl req -x509 -new -key "$dir/ca.key" -sha256 -days 3650 -subj "/CN=CrossBorderSoc development ${dir##*/}" \
        -addext 'basicConstraints=critical,CA:true,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' -out "$dir/ca.pem"
    sign_list
}

sign_list() {
    openssl ca -config "$dir/ca.cnf" -gencrl -out "$dir/revoked.new" 2> "$dir/openssl.log" || { cat "$dir/openssl.log" >&2; exit 1; }
    mv "$dir/revoked.new" "$dir/revoked.pem"
}

issue() {
    local kind=$1 name=$2 homes=$3 to=${4:-$dir/$2} names use=clientAuth home
    case $kind in
        node) names="URI:urn:crossbordersoc:node:$name,DNS:localhost,IP:127.0.0.1" use=serverAuth,clientAuth ;;
        client) names="DNS:$name" ;;
    esac
    [ "$homes" = none ] || for home in ${homes//,/ }; do names+=",URI:urn:crossbordersoc:home:$home"; done
    (umask 077; mkdir -p "$to"; openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$to/$kind.key.new")
    openssl req -new -key "$to/$kind.key.new" -subj "/CN=$name" -out "$to/$kind.csr"
    printf '%s\n' 'basicConstraints=critical,CA:false' 'keyUsage=critical,digitalSignature' "extendedKeyUsage=${USE:-$use}" \
        "subjectAltName=$names${HOSTS:+,$HOSTS}" > "$to/$kind.ext"
    # An hour back: the clocks of two machines differ.
    openssl ca -config "$dir/ca.cnf" -batch -notext -in "$to/$kind.csr" -extfile "$to/$kind.ext" \
        -startdate "${START:-$(date -u -d '-1 hour' +%Y%m%d%H%M%SZ)}" ${END:+-enddate "$END"} \
        -out "$to/$kind.pem.new" 2> "$dir/openssl.log" || { cat "$dir/openssl.log" >&2; exit 1; }
    mv "$to/$kind.key.new" "$to/$kind.key"
    mv "$to/$kind.pem.new" "$to/$kind.pem"
    rm "$to/$kind.csr" "$to/$kind.ext"
}

[ $# -ge 1 ] || usage
mkdir -p "$1"
dir=$(cd "$1" && pwd)
make_authority
case ${2:-} in
    '') ;;
    node | client) [ $# -ge 4 ] || usage; issue "${@:2}" ;;
    revoke) openssl ca -config "$dir/ca.cnf" -revoke "$3" 2> "$dir/openssl.log" || { cat "$dir/openssl.log" >&2; exit 1; }; sign_list ;;
    renew) sign_list ;;
    *) usage ;;
esac
