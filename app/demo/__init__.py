"""The demonstration: invented people, time that can pass, mail shown on a page.

Only with the setting DEMO. It stands above the pages and reaches into no room's rules: what it
shows was put there by the same actions that people call.
"""
