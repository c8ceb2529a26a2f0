import { expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../vitrine-fixture.ts';
import { maskedTemplate } from './masked-template.ts';

const { region } = templatesOf(vitrineApp());

it('the region stack is what it was', () => {
  expect(maskedTemplate(region)).toMatchSnapshot();
});

it('the region stack tells the owner where things are', () => {
  expect(Object.keys(region.toJSON().Outputs).sort()).toEqual([
    'ApiHost',
    'ApiRole',
    'AuditBucketName',
    'CredentialsSecretArn',
    'EdgeSyncRole',
    'OriginalsBucketName',
    'PurgesRole',
    'TransformerHost',
    'UploadsRole',
    'VariantsBucketName',
  ]);
});
