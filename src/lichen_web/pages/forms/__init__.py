"""What people are asked: plain forms that know no table. The actions decide whether an answer will do."""
