-- Offices that a joint response to a major dispute calls in, and the one above.
alter table offices drop constraint offices_kind_check;
alter table offices add constraint offices_kind_check check (kind in ('union', 'operator', 'commission', 'court',
  'politicsAndLaw', 'justice', 'employersOrganisation', 'labourInspection', 'petitionOffice', 'townshipStreet', 'superior'));
