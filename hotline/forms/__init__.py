"""Pure: what can be asked; the book of forms, call trees and wordings."""
