import { App, type AppProps, Stack } from 'aws-cdk-lib';
import { Distribution, HttpVersion, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { AccessLogs, ApiWebAcl, MonthBudget, OwnHosts, useVitrineDefaults } from 'vitrine';

const NAME = 'shop-documents';

/** Documents of the shop at a host of its own: no image server, but the parts of one that every distribution needs. */
export class DocumentsApp extends App {
  constructor(props: AppProps = {}) {
    super(props);
    // Certificates, web ACLs and access logs of CloudFront are in us-east-1.
    const stack = new Stack(this, 'Documents', { env: { region: 'us-east-1' } });
    useVitrineDefaults(stack);
    const hosts = new OwnHosts(stack, 'Hosts', {
      name: 'documents.shop.example',
      hostedZones: [{ id: 'Z0123456789ABC', name: 'shop.example' }],
    });
    const distribution = new Distribution(stack, 'Distribution', {
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: new ApiWebAcl(stack, 'WebAcl', { callsPerAddress: 2000 }).arn,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, 'Files') as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
      ...hosts.distributionProps,
    });
    hosts.pointTo(distribution);
    new AccessLogs(stack, 'AccessLogs', {
      ...{ deployment: NAME, name: 'files', distributionArn: distribution.distributionArn },
    });
    new MonthBudget(stack, 'Budget', { deployment: NAME, dollars: 20, mails: ['operations@shop.example'] });
  }
}
