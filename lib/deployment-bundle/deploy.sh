#!/usr/bin/env bash
# Deploys the stacks of this folder. Arguments go to the CDK CLI.
set -eu
cd "$(dirname "$0")"

cdk() { node node_modules/aws-cdk/bin/cdk "$@"; }
is_there() { aws cloudformation describe-stacks --region "$1" --stack-name "$2" >/dev/null 2>&1; }

# What is not as it was made is not deployed.
node verify.mjs

# The first deployment of a stack leaves its tables unprotected, so that it can be taken back; the second protects them.
while read -r region stack; do
  is_there "$region" "$stack" && continue
  cdk deploy --all --app first "$@"
  break
done <regions.txt
cdk deploy --all --app later "$@"
