/* These stand alone, so that the edge functions do not carry the whole table. */
export const URL_BYTES = 8192;
export const REQUEST_BODY_BYTES = 4_600_000;
export const BUFFERED_UPLOAD_BYTES = 4_400_000;
export const REQUEST_HEAD_BYTES = 9_500;

/**
 * Every limit of the product, in one place. Code enforces them, error texts quote them, `docs/limits.md` is generated
 * from them. Bytes are bytes, sides are pixels, times are milliseconds, unless the name says otherwise.
 */
export const LIMITS = {
  /** Bytes of a source image that may be transformed. */
  sourceBytes: 50_000_000,
  /** Pixels of one source frame. */
  sourcePixels: 100_000_000,
  /** Longest side of a source. Twenty lines that are millions of pixels wide would keep a decoder busy. */
  sourceSide: 65_535,
  /** Pixels of one AVIF source frame. Its decoder holds the whole picture: about 20 bytes a pixel. */
  sourceAvifPixels: 30_000_000,
  /** Pixels of all frames of an animation together. */
  sourceFramesPixels: 200_000_000,
  /** Bytes of an SVG that is delivered or drawn (ImageKit's limit for SVG). */
  svgBytes: 1_000_000,
  /** Levels of nested elements of an SVG. The parsers behind ours stop at 256. */
  svgLevels: 250,
  /** Entities that an SVG may declare in its DOCTYPE. */
  svgEntities: 50,
  /** Bytes of all entities of an SVG after expansion, each counted as often as it is used. */
  svgEntityBytes: 100_000,
  /** Bytes of a text or colour profile of an image, decompressed. */
  metadataBytes: 8_000_000,
  /** Frames of an animation. */
  frames: 500,
  /** Pixels of an output image, all frames of an animation together. */
  outputPixels: 40_000_000,
  /** Longest side of an output image. */
  outputSide: 8192,
  /** Pixels of a picture that gets a shadow. */
  shadowPixels: 2_000_000,
  /** Steps in one chain. */
  steps: 20,
  /** Layers in one URL. */
  layers: 8,
  /** Levels of nested layers. */
  layerDepth: 3,
  /** Characters of a text in a layer. */
  textCharacters: 2000,
  /** Bytes of a font of the library that a text is set in. */
  fontBytes: 20_000_000,
  /** Milliseconds that a render may take. Reading before it and sending after it add half a second at most. */
  renderMilliseconds: 4500,
  /** New pictures that one address may have made in a minute by unsigned URLs, in each environment of the transformer. */
  rendersPerMinute: 300,
  /** Bytes of memory of a child process that renders. */
  renderBytes: 700_000_000,
  /** Bytes of a media URL: path and query together (CloudFront's own limit, "Quotas on general limits"). */
  urlBytes: URL_BYTES,
  /** Bytes of a body that the API's host takes, if its length is declared: a file of one request and its fields. */
  requestBodyBytes: REQUEST_BODY_BYTES,
  /** Bytes of the address and the values of headers together, at the API's host (API Gateway takes 10,240). */
  requestHeadBytes: REQUEST_HEAD_BYTES,
  /** Bytes of a JSON body of the API. */
  apiBodyBytes: 65_536,
  /** Bytes of a file uploaded in one multipart request. Lambda takes events of 6 MB, and base64 adds a third. */
  directUploadBytes: 4_500_000,
  /** Bytes of a file uploaded in parts. S3 copies no larger object in one call. */
  largeUploadBytes: 5_000_000_000,
  /** Bytes of a file in one request that brings no key: its signature is looked at when the file is stored already. */
  selfSignedUploadBytes: 300_000_000,
  /** Bytes of a file whose SHA-256 is computed, so that duplicates of it are found. */
  checksummedBytes: 1_000_000_000,
  /** Bytes of a part, if the client does not choose. */
  partBytes: 8_388_608,
  /** Parts of one upload (AWS, "Amazon S3 multipart upload limits"). */
  partsOfUpload: 10_000,
  /** Parts that one call signs URLs for. */
  partsSignedAtOnce: 100,
  /** Files of one upload grant. */
  grantedFiles: 1000,
  /** Seconds for which an upload grant may hold. */
  grantSeconds: 86_400,
  /** Characters of all tags of an asset together. */
  tagCharacters: 500,
  /** Characters of the description of a file. */
  descriptionCharacters: 5000,
  /** Characters of the condition in `checks` of an upload. */
  checkCharacters: 4000,
  /** Transformations that an upload has rendered after it. */
  postTransformations: 5,
  /** Tags that one call makes into another one. */
  tagsRenamedAtOnce: 50,
  /** Files of a ZIP. */
  zipFiles: 500,
  /** Bytes of all originals of a ZIP. */
  zipBytes: 1_000_000_000,
  /** Share links of a deployment. */
  shares: 200,
  /** Files of a share link. */
  sharedFiles: 200,
  /** Forms in which a share link gives its files. */
  shareForms: 10,
  /** Seconds for which a share link may hold. */
  shareSeconds: 31_536_000,
  /** Characters of the name of a share link. */
  shareNameCharacters: 100,
  /** Characters of the password of a share link. */
  sharePasswordCharacters: 200,
  /** Tries of the password of a share link in a quarter of an hour. */
  sharePasswordTries: 10,
  /** Days for which looks at a share link are kept. */
  shareAccessDays: 90,
  /** Looks at a share link in one answer. */
  shareAccessesListed: 200,
  /** Characters of the name of a ZIP, and of the named transformation in it. */
  zipNameCharacters: 100,
  /** Versions kept of an asset. */
  versions: 100,
  /** References to a file that other systems may register. */
  fileReferences: 100,
  /** Characters of the URL of a reference. */
  referenceUrlCharacters: 2000,
  /** Characters of the label of a reference. */
  referenceLabelCharacters: 200,
  /** Days that a file stays in the trash. */
  trashDays: 30,
  /** Files that one call puts into the trash, or deletes for ever. */
  filesDeletedAtOnce: 100,
  /** Files that one call moves. */
  filesMovedAtOnce: 100,
  /** Files that one call makes private or public, published or drafts. */
  filesUpdatedAtOnce: 100,
  /** Files and folders that one call takes out of the trash. */
  itemsRestoredAtOnce: 100,
  /** Files that one call gives tags, or takes them from. */
  filesTaggedAtOnce: 50,
  /** Files and folders that a list may be sorted from; larger lists need a folder's `path`, or have folders alone, by name. */
  listedAssets: 10_000,
  /** Files that a search reads, where no index leads to fewer, and that a folder is sorted from; by name it has no bound. */
  searchedAssets: 200_000,
  /** Files with several versions that a search for versions reads. */
  searchedVersions: 1000,
  /** Characters of a search query. */
  searchQueryCharacters: 5000,
  /** Comparisons of a search query. */
  searchComparisons: 100,
  /** Values of one list in a search query. */
  searchListValues: 100,
  /** Levels of brackets in a search query. */
  searchQueryDepth: 20,
  /** Assets that a list may skip by count; a cursor has no bound. */
  skippedAssets: 100_000,
  /** Folder levels of a path. */
  folderLevels: 50,
  /** Bytes of an asset's path. An S3 key may have 1024, and the version's own name is part of it. */
  pathBytes: 900,
  /** Block and allow rules of a deployment. */
  rules: 500,
  /** Addresses, countries, hosts or patterns of one rule. */
  ruleValues: 500,
  /** Values of 1024 bytes that the rules of one scope may fill at the edge. */
  ruleValuesAtEdge: 4,
  /** Values of 1024 bytes that folders may fill at the edge whose files are being cleaned up; above them, folders stand for those below. */
  staleValuesAtEdge: 8,
  /** CIDR blocks of one family in all global block rules, and in all global allow rules (AWS WAF, "IPSet"). */
  addressSetBlocks: 10_000,
  /** Files that are taken down at a time. */
  takedowns: 10_000,
  /** Characters of a URL pattern. */
  patternCharacters: 128,
  /** Characters of the reason of a rule or takedown. */
  reasonCharacters: 500,
  /** Characters of the author of a rule or takedown. */
  authorCharacters: 100,
  /** Signing keys beside the private key. All together fill one value of 1024 bytes at the edge. */
  signingKeys: 7,
  /** Custom metadata fields of an account, deleted ones included. */
  customFields: 100,
  /** Characters of the name of a field. */
  fieldNameCharacters: 64,
  /** Characters of the label of a field, and of an option. */
  fieldLabelCharacters: 100,
  /** Characters of the description of a field. */
  fieldDescriptionCharacters: 500,
  /** Options of one field. */
  selectOptions: 500,
  /** Bytes of all custom metadata of a file, as JSON. */
  customMetadataBytes: 20_000,
  /** Restricted keys of an account. */
  restrictedKeys: 100,
  /** Characters of the name of a key. */
  keyNameCharacters: 100,
  /** Folders that one key is bound to. */
  keyFolders: 50,
  /** URL endpoints that one key is bound to. */
  keyEndpoints: 50,
  /** Blocks of addresses that one key is bound to. */
  keyAddresses: 20,
  /** Seconds for which a key may hold on after another one took its place. */
  keyGraceSeconds: 604_800,
  /** People of an account, those who are invited included. */
  people: 250,
  /** Roles that an account makes for itself. */
  customRoles: 50,
  /** Characters of a role's name. */
  roleNameCharacters: 100,
  /** Roles of one person. */
  rolesOfPerson: 20,
  /** Characters of a person's name. */
  personNameCharacters: 100,
  /** Characters of a mail address (RFC 5321, section 4.5.3.1.3). */
  mailCharacters: 254,
  /** Seconds for which an invitation holds. */
  invitationSeconds: 604_800,
  /** Seconds for which a key holds that somebody got by breaking the glass. */
  breakGlassSeconds: 3600,
  /** Seconds after which a session ends that nobody uses. */
  sessionIdleSeconds: 1800,
  /** Seconds after which a session ends anyway. */
  sessionSeconds: 43_200,
  /** Seconds after which a session ends anyway that a directory of the customer's vouched for. */
  directorySessionSeconds: 3600,
  /** Seconds for which the codes of a change of address hold. */
  mailCodeSeconds: 900,
  /** Tries of the codes of one change of address. */
  mailCodeTries: 5,
  /** Changes of address that a person may begin in a day. */
  mailChangesADay: 5,
  /** Days for which sign-ins are kept. */
  signInDays: 90,
  /** Sign-ins of a person in one answer. */
  signInsListed: 200,
  /** Origins of an account. */
  origins: 50,
  /** Bytes of an origin's credentials together. KMS encrypts no more in one call (AWS, "Encrypt"). */
  originCredentialsBytes: 4096,
  /** URL endpoints of a deployment, including the default one. */
  endpoints: 50,
  /** Characters of an endpoint's description. */
  endpointDescriptionCharacters: 200,
  /** Hosts of one URL endpoint. */
  endpointHosts: 10,
  /** Named transformations of a deployment. */
  namedTransformations: 250,
  /** Characters of a named transformation. */
  namedTransformationCharacters: 4000,
  /** Saved extensions of a deployment (ImageKit's limit). */
  savedExtensions: 100,
  /** Path policies of a deployment. */
  pathPolicies: 100,
  /** Saved searches of one person or key. */
  savedSearches: 50,
  /** Characters of the name of a saved search. */
  savedSearchNameCharacters: 100,
  /** Reports of the audit log that are mailed. */
  auditReports: 50,
  /** Characters of the name of a report of the audit log. */
  auditReportNameCharacters: 100,
  /** People who get one report of the audit log. */
  auditReportReceivers: 20,
  /** Callers that a report of the audit log is about. */
  auditReportCallers: 50,
  /** Events that a report of the audit log looks at; of more it counts the newest and says so. */
  auditReportEvents: 1_000_000,
  /** Days before the end of a key on which people are mailed of it; they are mailed on the day before, too. */
  keyEndingDays: 7,
  /** Tasks of one extension (ImageKit's limit). */
  extensionTasks: 10,
  /** Characters of the instruction of a task of an extension. */
  extensionInstructionCharacters: 2000,
  /** Webhooks of a deployment. */
  webhooks: 20,
  /** Characters of a webhook's description. */
  webhookDescriptionCharacters: 200,
  /** Seconds for which the answer of a webhook's receiver is waited. */
  webhookSeconds: 10,
  /** Days for which it is kept what became of a message to a webhook. */
  webhookDeliveryDays: 30,
  /** Seconds for which a webhook's secret may hold on after another one took its place. */
  webhookGraceSeconds: 604_800,
  /** Deliveries of a webhook in one answer. */
  deliveriesListed: 200,
  /** Deliveries that one call has sent again. */
  deliveriesReplayedAtOnce: 50,
  /** Seconds for which the URL of a file may be signed by the API. */
  signedUrlSeconds: 604_800,
  /** Seconds for which a URL may be signed without an event that tells of it. */
  unrecordedUrlSeconds: 900,
  /** Levels of nested named transformations. */
  namedTransformationDepth: 3,
  /** Items of a transformation after every name in it is replaced. */
  transformationItems: 500,
  /** Objects that one import takes. */
  importedObjects: 1_000_000,
  /** Characters of a prefix of an import, and of the key of an inventory's manifest. */
  importKeyCharacters: 500,
  /** Host patterns of a web proxy origin. */
  originHosts: 100,
} as const;
