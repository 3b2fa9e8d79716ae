/**
 * The accounts that organisations push, as SCIM users. Of the core schema there is what an account has a place for.
 *
 * Source: RFC 7643, sections 4.1 and 4.3.
 */
import type { ResourceType, ScimAttribute } from '../../../standards/scim/schema.ts';

/** URI of the extension with the employer's view of a person. */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** URI of this project's extension. */
export const STAFF_ACCOUNT = 'urn:ietf:params:scim:schemas:extension:lanyard:2.0:User';

const text = (
  name: string,
  description: string,
  more: Partial<ScimAttribute> = {},
): ScimAttribute => ({ name, type: 'string', description, ...more });

const primary: ScimAttribute = {
  name: 'primary',
  type: 'boolean',
  description: 'Whether it is the one to use. At most one is.',
};

/** A user. */
export const USER: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'Account of a member of staff, or a shared mailbox',
  core: {
    id: 'urn:ietf:params:scim:schemas:core:2.0:User',
    name: 'User',
    description: 'User account',
    attributes: [
      text('userName', 'Name that the organisation knows the user by', {
        required: true,
        uniqueness: 'server',
      }),
      {
        name: 'name',
        type: 'complex',
        description: 'The parts of the name',
        subAttributes: [
          text('formatted', 'The whole name'),
          text('familyName', 'Family name'),
          text('givenName', 'First name'),
          text('middleName', 'Names between the two'),
          text('honorificPrefix', 'What the person is addressed as: Dr, Ms'),
          text('honorificSuffix', 'What follows the name'),
        ],
      },
      text('displayName', 'Name to show'),
      text('nickName', 'Name that the person goes by'),
      text('title', 'Job title'),
      text('userType', 'How the user stands to the organisation'),
      text('preferredLanguage', 'Language'),
      {
        name: 'active',
        type: 'boolean',
        description: 'Whether the account can be used. True when it is not said.',
      },
      {
        name: 'emails',
        type: 'complex',
        multiValued: true,
        description:
          'Addresses. The primary one, or else the first of type work, is the address of the account; other ones of type work, other or none are its aliases. Without any, the userName is, when it is an address.',
        subAttributes: [
          text('value', 'Address'),
          text('display', 'Name to show', { mutability: 'readOnly' }),
          text('type', 'What it is for', { canonicalValues: ['work', 'home', 'other'] }),
          primary,
        ],
      },
      {
        name: 'phoneNumbers',
        type: 'complex',
        multiValued: true,
        description: 'Phone numbers',
        subAttributes: [
          text('value', 'Number'),
          text('display', 'Name to show', { mutability: 'readOnly' }),
          text('type', 'What it is for', {
            canonicalValues: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
          }),
          primary,
        ],
      },
    ],
  },
  extensions: [
    {
      id: ENTERPRISE,
      name: 'EnterpriseUser',
      description: 'Enterprise user',
      attributes: [
        text('employeeNumber', 'ESR employee number at the organisation: 8 digits'),
        text('costCenter', 'Cost centre'),
        text('organization', 'Name of the organisation'),
        text('division', 'Division'),
        text('department', 'Department'),
        {
          name: 'manager',
          type: 'complex',
          description: 'The manager, a user of the same organisation',
          subAttributes: [
            text('value', 'Id of the manager', { caseExact: true }),
            {
              name: '$ref',
              type: 'reference',
              referenceTypes: ['User'],
              description: 'Address of the manager',
              mutability: 'readOnly',
              caseExact: true,
            },
            text('displayName', 'Name of the manager', { mutability: 'readOnly' }),
          ],
        },
      ],
    },
    {
      id: STAFF_ACCOUNT,
      name: 'StaffAccount',
      description: 'What NHS mail says of an account besides',
      attributes: [
        text('accountKind', 'Whose account it is. USER when it is not said.', {
          canonicalValues: ['USER', 'SHARED', 'APPLICATION', 'CONTACT'],
        }),
        text('owners', 'Ids of the users who answer for a shared mailbox', {
          multiValued: true,
          caseExact: true,
        }),
        {
          name: 'leaverMarkedAt',
          type: 'dateTime',
          description: 'When the account was marked as a leaver’s',
        },
        text('odsCode', 'The organisation that pushed the account', {
          mutability: 'readOnly',
          caseExact: true,
        }),
      ],
    },
  ],
};
