package sqlite

// OpenWith lets tests open a database through a file layer of their own.
var OpenWith = openWith
