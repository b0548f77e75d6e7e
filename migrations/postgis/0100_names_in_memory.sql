-- Names are compared in memory, letter by letter and by their sound: what was kept to be compared by LIKE is needed no more.
alter table place drop column folded;
alter table place drop column search;
