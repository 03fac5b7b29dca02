CREATE TABLE mailboxes (
	id         {id},
	name       text NOT NULL UNIQUE,
	validity   bigint NOT NULL,
	number     bigint NOT NULL,
	since      {time} NOT NULL,
	holder     text NOT NULL,
	held_until {time}
);
