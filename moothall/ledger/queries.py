"""What stands in the books."""

from django.db.models import Sum

from .models import Book, Entry


def balance(book: Book) -> int:
    """Minor units."""
    return Entry.objects.filter(book=book).aggregate(total=Sum("amount"))["total"] or 0
