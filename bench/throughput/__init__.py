"""What a crawl costs, beside a crawler that one writes in an afternoon and beside Scrapy alone."""
