"""Text to trees and trees to text."""
