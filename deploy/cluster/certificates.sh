#!/bin/bash
# An authority of the cluster's own and a certificate for each node, made once; what is there stays. The portal gets to see the authority alone.
set -eu
umask 027
cd /usr/share/elasticsearch
made=/certificates shown=/authority

[ -f $made/ca/ca.key ] || {
    bin/elasticsearch-certutil ca --silent --pem --days 3650 --out $made/ca.zip
    unzip -qo $made/ca.zip -d $made
}
for node in "$@"; do
    [ -f "$made/$node/$node.key" ] || {
        bin/elasticsearch-certutil cert --silent --pem --days 3650 --ca-cert $made/ca/ca.crt --ca-key $made/ca/ca.key \
            --name "$node" --dns "$node,localhost" --ip 127.0.0.1 --out "$made/$node.zip"
        unzip -qo "$made/$node.zip" -d $made
    }
done
rm -f $made/*.zip
cp $made/ca/ca.crt $shown/ca.crt
# Nodes read as the group of root; nobody but root the key of the authority.
chmod 600 $made/ca/ca.key
find $made -type d -exec chmod 750 {} +
find $made -type f ! -name ca.key -exec chmod 640 {} +
chmod 755 $shown
chmod 644 $shown/ca.crt
