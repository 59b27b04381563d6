"""Looking for a partner: what is compared, what is proposed, and whom one never wants to meet."""
