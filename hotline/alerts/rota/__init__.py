"""The rota as the house keeps it: stored, read from calendars, asked about by text, watched for gaps. Who is on call at an
instant is answered by `hotline.oncall` alone."""
