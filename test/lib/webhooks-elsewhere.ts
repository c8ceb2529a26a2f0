import { Stack } from 'aws-cdk-lib';
import { AccountsTable } from '../../lib/constructs/accounts/accounts-table.ts';
import { OriginCredentialsKey } from '../../lib/constructs/accounts/origin-credentials-key.ts';
import { WebhookDelivery } from '../../lib/constructs/api/webhook-delivery.ts';
import { fixtureCode } from './fixture-code.ts';

/** What sends to webhooks, in a stack of its own, so that the stack at hand has only its own functions and rights. */
export function webhooksElsewhere(stack: Stack): WebhookDelivery {
  const elsewhere = new Stack(stack.node.root, 'Elsewhere', { env: { region: stack.region } });
  return new WebhookDelivery(elsewhere, 'Webhooks', {
    code: fixtureCode().handler('deliver-webhooks'),
    accounts: new AccountsTable(elsewhere, 'Accounts', { deployment: 'vitrine', homeRegion: 'eu-west-1' }),
    originKey: new OriginCredentialsKey(elsewhere, 'OriginCredentials', { deployment: 'vitrine' }),
    remoteAllow: [],
  });
}
