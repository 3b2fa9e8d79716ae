import { describe, expect, it } from '@jest/globals';

import {
  identifierFault,
  type IdentifierKind,
  isNhsNumber,
  maskNiNumber,
  niNumberFault,
  plainRegistration,
  type RegistrationBody,
  registrationFault,
} from '../../../../../subgraphs/esr/domain/identifiers.ts';

describe('identifiers', () => {
  it.each<[IdentifierKind, string]>([
    ['odsCode', 'RZ1'],
    ['odsCode', 'RZ101'],
    ['vpd', '901'],
    ['employeeNumber', '90000017'],
    ['assignmentNumber', '90000017'],
    ['assignmentNumber', '90000017-2'],
    ['smartcardUuid', '999000000031'],
    ['nhsEmployeeId', '70000001'],
    ['staffId', 'stf_AAAAAAAAAAAAAAAAAAAAAA'],
    ['trustOdsCode', 'RZ1'],
    ['careTrustOdsCode', 'TAX'],
    ['icbOdsCode', 'QZ1'],
    ['trustSiteOdsCode', 'RZ101'],
    ['roleProfileId', '999000000031'],
    ['accessRoleCode', 'S8000:G8000:R8001'],
    ['dbsCertificateNumber', '001000000001'],
    ['dbsRegisteredBodyNumber', '20000000001'],
    ['occupationCode', 'N7B'],
    ['occupationCode', '021'],
    ['payscaleCode', 'XR02'],
    ['payBand', '1'],
    ['payBand', '8a'],
    ['identityProfile', 'H1A'],
    ['nationalPostNumber', 'NTH/RTD01/080/STR/005'],
    ['nationalPostNumber', 'NTH/RTD01/080/STR/005/S/M'],
  ])('accepts %s %s', (kind, value) => {
    expect(identifierFault(kind, value)).toBeUndefined();
  });

  it.each<[IdentifierKind, string]>([
    ['odsCode', 'rz1'],
    ['odsCode', 'RZ'],
    ['vpd', '90'],
    ['employeeNumber', '9000001'],
    ['employeeNumber', '900000170'],
    ['employeeNumber', '90000017\n'],
    ['assignmentNumber', '90000017-'],
    ['assignmentNumber', '90000017-123'],
    ['smartcardUuid', '99900000003'],
    ['nhsEmployeeId', '7'.repeat(33)],
    ['staffId', 'stf_short'],
    ['trustOdsCode', 'TAX'],
    ['careTrustOdsCode', 'TAZ'],
    ['icbOdsCode', 'QZ'],
    ['trustSiteOdsCode', 'RZ1'],
    ['roleProfileId', '99900000003'],
    ['accessRoleCode', 'S8000:G8000'],
    ['dbsCertificateNumber', '00100000001'],
    ['dbsRegisteredBodyNumber', '200000000011'],
    ['occupationCode', 'n7b'],
    ['occupationCode', 'N7'],
    ['payscaleCode', 'XR2'],
    ['payBand', '8'],
    ['payBand', '10'],
    ['identityProfile', 'H1'],
    ['nationalPostNumber', 'NTH/RTD01/080/STR'],
    ['nationalPostNumber', 'NTH/RTD01/080/STR/005/X'],
  ])('refuses %s %j', (kind, value) => {
    expect(identifierFault(kind, value)).toBe('shape');
  });

  it.each<[RegistrationBody, string]>([
    ['GMC', '9000001'],
    ['NMC', '18Z0042E'],
    ['HCPC', 'PH900032'],
    ['HCPC', 'PYL900032'],
    ['HCPC', 'ODP1'],
    ['GPHC', '2090001'],
    ['GDC', '900033'],
    ['GDC', '1'],
    ['SWE', 'SW12345'],
  ])('accepts the %s number %s', (body, number) => {
    expect(registrationFault(body, number)).toBeUndefined();
  });

  it.each<[RegistrationBody, string]>([
    ['GMC', 'C9000001'],
    ['GMC', '900000'],
    ['NMC', '18z0042E'],
    ['HCPC', 'XX900032'],
    ['HCPC', 'PH9000321'],
    ['GDC', '1234567'],
    ['SWE', '12345'],
  ])('refuses the %s number %s', (body, number) => {
    expect(registrationFault(body, number)).toBe('shape');
  });

  it.each<[RegistrationBody, string, string]>([
    ['GMC', 'C9000001', '9000001'],
    ['GDC', 'cd 900033', '900033'],
    ['GDC', '000033', '000033'],
    ['NMC', '18z0042e', '18Z0042E'],
    ['HCPC', 'PH 900032', 'PH900032'],
    ['SWE', 'SW12345', 'SW12345'],
  ])('takes the %s number %s for %s', (body, number, plain) => {
    expect(plainRegistration(body, number)).toBe(plain);
    expect(registrationFault(body, plain)).toBeUndefined();
  });

  it.each(['AB123456C', 'QQ123456A', 'JG103759A'])('accepts the NI number %s', (value) => {
    expect(niNumberFault(value)).toBeUndefined();
  });

  it.each([
    'BG123456A',
    'TN123456A',
    'DA123456A',
    'AO123456A',
    'AB123456E',
    'QQ12345A',
    '11a11111',
  ])('refuses the NI number %s', (value) => {
    expect(niNumberFault(value)).toBe('shape');
  });

  it('shows no more of an NI number than its prefix and its last three characters', () => {
    expect(maskNiNumber('QQ123456A')).toBe('QQ****56A');
  });
});

describe('NHS numbers', () => {
  // 999 numbers are kept for tests by NHS England; the check digits were worked out by hand.
  it.each(['9990000018', '999 000 0018', '999-000-0018'])('knows %s', (value) => {
    expect(isNhsNumber(value)).toBe(true);
    expect(identifierFault('nhsEmployeeId', value)).toBe('nhs_number_not_allowed');
    expect(niNumberFault(value)).toBe('nhs_number_not_allowed');
    expect(registrationFault('GMC', value)).toBe('nhs_number_not_allowed');
  });

  it.each(['9990000019', '999000001', '99900000180', 'QQ123456A', ''])(
    'does not mistake %j for one',
    (value) => {
      expect(isNhsNumber(value)).toBe(false);
    },
  );
});
