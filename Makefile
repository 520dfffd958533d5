# Thin: each target is a script that can be read and run by itself.
#
#   make up       everything that is missing, then the program    LAYOUT=separate PORT=8080 DATA=folder SCALE=small
#   make test     every check                                     make bench    the figures of README.md
#   make reset    removes the data, after asking (YES=1: without) make audit    licences and advisories
#   make console  builds the console anew                        make sheets   a city's spreadsheets, to try the import

LAYOUT ?= all-in-one
export LAYOUT PORT DATA SCALE YES INTO

.PHONY: up test bench reset audit sheets console
.DEFAULT_GOAL := up

up test bench reset audit sheets:
	@scripts/$@

console:
	@scripts/console --always
