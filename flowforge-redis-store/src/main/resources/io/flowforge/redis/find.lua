-- execution.
return {head_of(ARGV[2])}
