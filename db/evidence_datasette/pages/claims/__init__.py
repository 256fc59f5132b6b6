"""The pages of claims. What they share with other pages lies in other folders."""
