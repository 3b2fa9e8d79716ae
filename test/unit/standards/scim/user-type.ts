/** A kind of resource to try the standard with: users, with the enterprise extension (RFC 7643, section 8.7.1). */
import type { ResourceType, ScimAttribute } from '../../../../standards/scim/schema.ts';

/** URI of the extension. */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** URI of the core schema. */
export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';

const text = (name: string, more: Partial<ScimAttribute> = {}): ScimAttribute => ({
  name,
  type: 'string',
  description: name,
  ...more,
});
const several = (name: string): ScimAttribute => ({
  name,
  type: 'complex',
  description: name,
  multiValued: true,
  subAttributes: [
    text('value'),
    text('type'),
    { name: 'primary', type: 'boolean', description: 'primary' },
  ],
});

/** Users. */
export const USERS: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'User',
  core: {
    id: CORE,
    name: 'User',
    description: 'User',
    attributes: [
      text('userName', { required: true, uniqueness: 'server' }),
      {
        name: 'name',
        type: 'complex',
        description: 'name',
        subAttributes: [text('familyName'), text('givenName'), text('formatted')],
      },
      text('title'),
      text('userType', { canonicalValues: ['Employee', 'Intern'] }),
      { name: 'active', type: 'boolean', description: 'active' },
      several('emails'),
      several('ims'),
      several('addresses'),
    ],
  },
  extensions: [
    {
      id: ENTERPRISE,
      name: 'EnterpriseUser',
      description: 'Enterprise user',
      attributes: [
        text('employeeNumber'),
        text('department'),
        text('tags', { multiValued: true }),
        {
          name: 'manager',
          type: 'complex',
          description: 'manager',
          subAttributes: [text('value'), text('displayName', { mutability: 'readOnly' })],
        },
      ],
    },
  ],
};
