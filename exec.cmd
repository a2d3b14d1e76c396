@rem `npm start` begins with exec, so that no shell stands between npm and the server to swallow a signal.
@rem Windows has no such word; this is it.
@%*
