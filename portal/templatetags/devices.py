"""Names of devices."""

from django import template

from portal.devices import device_name

register = template.Library()
register.filter(device_name)
