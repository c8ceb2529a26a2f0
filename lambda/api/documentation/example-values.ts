/** What the answers of other examples could have given, for readers who have not made them. */
const VALUES: Readonly<Record<string, string>> = {
  'files.upload.fileId': '6560c1d2e3f4a5b6c7d8e9f0',
  'upload-grants.create.grantId': '6560c1d2e3f4a5b6c7d8e9f8',
  'upload-grants.create.grant': 'grant_6560c1d2e3f4a5b6c7d8e9f8_5Yx0qk3vWb8Zr1Lh7TnC2mD9pE4sF6uG0aJ1iK3oQ5w',
  'upload-grants.begin.uploadId': '6560c1d2e3f4a5b6c7d8e9f9',
  'uploads.begin.uploadId': '6560c1d2e3f4a5b6c7d8e9f7',
  'uploads.sign-parts.uploadId': '6560c1d2e3f4a5b6c7d8e9f7',
  'files.upload.name': 'pixel_aB3dE6gH9.gif',
  'files.upload.filePath': '/samples/pixel_aB3dE6gH9.gif',
  'folders.create.folderPath': '/campaigns/spring-6560c1d2e3f4a5b6c7d8e9f0',
  'folders.create.folderId': '6560c1d2e3f4a5b6c7d8e9f5',
  'folders.move.jobId': '6560c1d2e3f4a5b6c7d8e9f6',
  'files.upload.url': 'https://media.example.com/samples/pixel_aB3dE6gH9.gif',
  'takedowns.create.fileId': '6560c1d2e3f4a5b6c7d8e9f0',
  'cache.purge.requestId': '6560c1d2e3f4a5b6c7d8e9f1',
  'origins.create.id': '6560c1d2e3f4a5b6c7d8e9f2',
  'url-endpoints.create.id': '6560c1d2e3f4a5b6c7d8e9f3',
  'failovers.begin.region': 'us-west-2',
  'named-transformations.create.id': 'BHz23oVcV',
  'saved-extensions.create.id': '6560c1d2e3f4a5b6c7d8e9fa',
  'shares.create.id': '6560c1d2e3f4a5b6c7d8e9fe',
  'audit-reports.create.id': '6560c1d2e3f4a5b6c7d8e9fb',
  'saved-searches.create.id': '6560c1d2e3f4a5b6c7d8e9fd',
  'webhooks.create.id': '6560c1d2e3f4a5b6c7d8e9fc',
  'references.create.fileId': '65f1c0a2b7d94e3f8a6b1c2d',
  'references.create.id': '5d8e0f4a9c3b7261e0d4f8a9',
  'rules.create.id': '6560c1d2e3f4a5b6c7d8e9f4',
  'fields.create.id': '6560c1d2e3f4a5b6c7d8e9f6',
  'fields.create.name': 'licence',
  'path-policies.create.id': '6560c1d2e3f4a5b6c7d8e9ff',
  'keys.create.id': '6560c1d2e3f4a5b6c7d8e9f5',
  'roles.create.id': '6560c1d2e3f4a5b6c7d8e9fb',
  'people.invite.id': '6560c1d2e3f4a5b6c7d8e9f7',
  'people.invite.invitationToken': 'b3dE6gH9aB3dE6gH9aB3dE6gH9aB3dE6gH9aB3dE6gH',
  'session.id': '6560c1d2e3f4a5b6c7d8e9f8',
  'codes.currentCode': '40917352',
  'codes.newCode': '88204617',
  'signing-keys.create.id': '67969e35',
};

/** @throws when an example refers to an answer that has no value here */
export function withExampleValues(text: string): string {
  return text.replace(/\{\{([\w.-]+)\}\}/g, (_, reference: string) => {
    const value = VALUES[reference];
    if (value === undefined) throw new Error(`The documentation has no example of ${reference}.`);
    return value;
  });
}
