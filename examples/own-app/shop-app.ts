import { App, type AppProps, CfnOutput, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { addGuards, Vitrine, type VitrineProps } from 'vitrine';

/** A shop's own app: a deployment of Vitrine with a rule of the shop's, and a stack of the shop's that uses it. */
export class ShopApp extends App {
  constructor(props: AppProps & Pick<VitrineProps, 'code'> = {}) {
    super(props);
    const images = new Vitrine(this, 'Images', {
      config: {
        name: 'shop-images',
        regions: ['eu-central-1'],
        alarms: { mails: ['operations@shop.example'], urls: [] },
        monthlyBudget: 300,
      },
      webAclRules: [pressNeedsItsPartner()],
      ...(props.code && { code: props.code }),
    });
    const shop = new Stack(this, 'Shop', { env: { region: 'us-east-1' } });
    new Dashboard(shop, 'Requests', { widgets: [[requestsOf(images)]] });
    new CfnOutput(shop, 'ImageHost', { value: images.mediaHost });
    addGuards(this, images.config);
  }
}

/** Pictures for the press are for a partner whose requests have a header that was agreed on. */
function pressNeedsItsPartner() {
  const path = { fieldToMatch: { uriPath: {} }, positionalConstraint: 'STARTS_WITH', searchString: '/press/' };
  const header = {
    ...{ fieldToMatch: { singleHeader: { Name: 'x-partner' } }, positionalConstraint: 'EXACTLY' },
    searchString: 'daily-news',
  };
  const plain = { textTransformations: [{ priority: 0, type: 'NONE' }] };
  const isPress = { byteMatchStatement: { ...path, ...plain } };
  const isPartner = { byteMatchStatement: { ...header, ...plain } };
  return {
    name: 'PressNeedsItsPartner',
    action: { block: {} },
    statement: { andStatement: { statements: [isPress, { notStatement: { statement: isPartner } }] } },
  };
}

function requestsOf({ distribution: { distributionId } }: Vitrine): GraphWidget {
  const dimensionsMap = { DistributionId: distributionId, Region: 'Global' };
  const requests = new Metric({ namespace: 'AWS/CloudFront', metricName: 'Requests', statistic: 'Sum', dimensionsMap });
  return new GraphWidget({ title: 'Requests for pictures', left: [requests] });
}
